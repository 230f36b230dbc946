using System.Globalization;
using System.Net;
using System.Text;

namespace MockOperator.Fuzzing.Soak;

/// <summary>Calls as clients mean them, each of which must be answered as the content says, whatever others do meanwhile.</summary>
internal sealed class OrdinaryCalls(RuntimeProcess runtime, HttpClient http)
{
    private readonly Uri _mock = new($"http://127.0.0.1:{runtime.MockPort}/");
    private long _answered;
    private long _failed;

    /// <summary>Calls that were answered rightly.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Calls that were not.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>The last thing that went wrong; null when nothing did.</summary>
    public string? Problem { get; private set; }

    /// <summary>Makes one call.</summary>
    /// <param name="random">Picks it.</param>
    public async Task NextAsync(Random random)
    {
        int number = random.Next(BundleMount.Paths);
        try
        {
            string? problem = random.Next(5) switch
            {
                0 => await PostAsync(number),
                1 => await MissAsync(number),
                _ => await GetAsync(number),
            };
            Count(problem);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            Count(fault.Message);
        }
    }

    private async Task<string?> GetAsync(int number)
    {
        using HttpResponseMessage answer = await http.GetAsync(new Uri(_mock, Path(number)));
        string text = await answer.Content.ReadAsStringAsync();
        return answer.StatusCode == HttpStatusCode.OK && text.StartsWith($"{{\"item\":{number},", StringComparison.Ordinal) ? null : $"GET {number}: {(int)answer.StatusCode} {Short(text)}";
    }

    private async Task<string?> PostAsync(int number)
    {
        using var body = new StringContent(string.Create(CultureInfo.InvariantCulture, $"{{ \"n\": {number} }}"), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.PostAsync(new Uri(_mock, Path(number)), body);
        string text = await answer.Content.ReadAsStringAsync();
        return answer.StatusCode == HttpStatusCode.Created && text.StartsWith($"{{\"item\":{number},", StringComparison.Ordinal) && text.Contains($"}} {number} ", StringComparison.Ordinal)
            ? null
            : $"POST {number}: {(int)answer.StatusCode} {Short(text)}";
    }

    private async Task<string?> MissAsync(int number)
    {
        using HttpResponseMessage answer = await http.GetAsync(new Uri(_mock, string.Create(CultureInfo.InvariantCulture, $"nothing/like/this/{number}")));
        return answer.StatusCode == HttpStatusCode.NotFound ? null : $"a miss: {(int)answer.StatusCode}";
    }

    private void Count(string? problem)
    {
        if (problem is null)
        {
            Interlocked.Increment(ref _answered);
        }
        else
        {
            Interlocked.Increment(ref _failed);
            Problem = problem;
        }
    }

    private static string Path(int number) => string.Create(CultureInfo.InvariantCulture, $"items/{number}");

    private static string Short(string text) => text[..Math.Min(text.Length, 100)];
}
