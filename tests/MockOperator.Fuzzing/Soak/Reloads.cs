using System.Globalization;
using System.Net;

namespace MockOperator.Fuzzing.Soak;

/// <summary>Replaces the content of a runtime again and again: by pushes, and now and then by the mounted files, which in a cluster catch up with every push.</summary>
internal sealed class Reloads(RuntimeProcess runtime, BundleMount mount, HttpClient http)
{
    private const int MountEvery = 10;
    private int _count;

    /// <summary>The revision that is served; the first is mounted.</summary>
    public string Revision { get; private set; } = "r0";

    /// <summary>Number of reloads.</summary>
    public int Count => _count;

    /// <summary>Replaces the content once, and waits until the new is served.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public async Task NextAsync()
    {
        string next = string.Create(CultureInfo.InvariantCulture, $"r{++_count}");
        if (_count % MountEvery == 0)
        {
            mount.Mount(next);
            await AskAsync(new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{runtime.ControlPort}/control/v1/revision?wait={next}&timeoutSeconds=30"), next);
        }
        else
        {
            await AskAsync(
                new HttpRequestMessage(HttpMethod.Put, $"http://127.0.0.1:{runtime.ControlPort}/control/v1/bundle?supersedes={Revision}") { Content = new ByteArrayContent(BundleMount.Push(next)) },
                next);
        }

        Revision = next;
    }

    private async Task AskAsync(HttpRequestMessage request, string revision)
    {
        using (request)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + BundleMount.Token);
            using HttpResponseMessage answer = await http.SendAsync(request);
            string text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode != HttpStatusCode.OK || !text.Contains($"\"revision\":\"{revision}\"", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"Revision {revision} is not served: {(int)answer.StatusCode} {text}");
            }
        }
    }
}
