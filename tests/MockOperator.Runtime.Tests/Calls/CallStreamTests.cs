using System.Text.Json;
using MockOperator.Resources;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Calls;

/// <summary>The calls to come.</summary>
public class CallStreamTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_come_as_they_are_made_and_none_of_before()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        await mock.Mock.GetStringAsync("/pets?before=1", Cancel);
        using var stream = await EventStream.OpenAsync(mock.Calls, "?outcome=matched&include=response.body");
        using HttpResponseMessage missed = await mock.Mock.GetAsync("/nowhere", Cancel);
        for (int number = 0; number < 100; number++)
        {
            await mock.Mock.GetStringAsync($"/pets?n={number}", Cancel);
        }

        for (int number = 0; number < 100; number++)
        {
            (string name, string data, string? id) = await stream.NextAsync();
            MockCall call = JsonSerializer.Deserialize(data, CallJson.Default.MockCall)!;
            Assert.Equal(("call", $"/pets?n={number}", call.Id, "Rex"), (name, call.Request.Path, id, call.Response.Body!.Text));
        }
    }

    [Fact]
    public async Task Whoever_comes_back_goes_on_after_the_last_event()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        for (int number = 0; number < 5; number++)
        {
            await mock.Mock.GetStringAsync($"/pets?n={number}", Cancel);
        }

        string third = (await mock.ReadAsync()).Calls[2].Id;
        using (var stream = await EventStream.OpenAsync(mock.Calls, "", third))
        {
            Assert.Contains("/pets?n=3", (await stream.NextAsync()).Data, StringComparison.Ordinal);
            Assert.Contains("/pets?n=4", (await stream.NextAsync()).Data, StringComparison.Ordinal);
        }

        // Of another process nothing was seen that this one remembers.
        using var other = await EventStream.OpenAsync(mock.Calls, "", "0123456789ab-3");
        Assert.Contains("/pets?n=0", (await other.NextAsync()).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_too_slow_is_told_how_many_were_missed()
    {
        await using CalledMock mock = await CalledMock.StartAsync(new CallLogSpec { Entries = 10 });
        await mock.Mock.GetStringAsync("/pets?n=0", Cancel);
        string first = (await mock.ReadAsync()).Calls[0].Id;
        for (int number = 1; number <= 30; number++)
        {
            await mock.Mock.GetStringAsync($"/pets?n={number}", Cancel);
        }

        long place = 1;
        Assert.Equal((10, 20L), Counts(Assert.Single(mock.Host.Host.Mocks.Table.Mocks).Calls.ReadFrom(ref place, 64)));
        Assert.Equal(31, place);

        using var stream = await EventStream.OpenAsync(mock.Calls, "", first);
        Assert.Contains("/pets?n=21", (await stream.NextAsync()).Data, StringComparison.Ordinal);

        static (int, long) Counts((IReadOnlyList<Runtime.Calls.RememberedCall> Calls, long Missed) read) => (read.Calls.Count, read.Missed);
    }

    [Fact]
    public async Task Forgotten_calls_are_not_told_as_missed()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        await mock.Mock.GetStringAsync("/pets?n=0", Cancel);
        await mock.Calls.DeleteAsync("/calls", Cancel);
        await mock.Mock.GetStringAsync("/pets?n=1", Cancel);
        long place = 0;
        (IReadOnlyList<Runtime.Calls.RememberedCall> calls, long missed) = Assert.Single(mock.Host.Host.Mocks.Table.Mocks).Calls.ReadFrom(ref place, 64);
        Assert.Equal((1, 0L, 2L), (calls.Count, missed, place));
    }

    [Fact]
    public async Task Whoever_follows_goes_on_when_calls_are_remembered_again()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        using var stream = await EventStream.OpenAsync(mock.Calls, "");
        for (int number = 0; number < 3; number++)
        {
            await mock.Mock.GetStringAsync($"/pets?n={number}", Cancel);
            Assert.Contains($"/pets?n={number}", (await stream.NextAsync()).Data, StringComparison.Ordinal);
        }

        await mock.EditAsync(CalledMock.Definition(new CallLogSpec { Keep = CallKeeping.None }));
        Assert.Equal(0, mock.Host.Host.Mocks.Journals.Memory.Used);
        await mock.EditAsync(CalledMock.Definition(new CallLogSpec { Bytes = "1Mi" }));
        await mock.Mock.GetStringAsync("/pets?n=3", Cancel);
        Assert.Contains("/pets?n=3", (await stream.NextAsync().WaitAsync(TimeSpan.FromSeconds(30), Cancel)).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drain_waits_for_no_reader()
    {
        await using CalledMock mock = await CalledMock.StartAsync(options: BundleHost.Loopback with { GracePeriod = TimeSpan.FromMinutes(10) });
        using var stream = await EventStream.OpenAsync(mock.Calls, "");
        await mock.Host.Host.DrainAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        Assert.Null(await stream.TryNextAsync());
    }

    private sealed class EventStream(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public static async Task<EventStream> OpenAsync(HttpClient client, string query, string? lastEvent = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, CallsPort.StreamPath + query);
            if (lastEvent is not null)
            {
                request.Headers.Add("Last-Event-ID", lastEvent);
            }

            HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
            Assert.Equal("text/event-stream", response.EnsureSuccessStatusCode().Content.Headers.ContentType!.ToString());
            return new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync(Cancel)));
        }

        public async Task<(string Name, string Data, string? Id)> NextAsync() => await TryNextAsync() ?? throw new Xunit.Sdk.XunitException("The stream ended.");

        public async Task<(string Name, string Data, string? Id)?> TryNextAsync()
        {
            string? name = null;
            string? data = null;
            string? id = null;
            while (await reader.ReadLineAsync(Cancel) is { } line)
            {
                if (line.Length == 0 && data is not null)
                {
                    return (name ?? "message", data, id);
                }

                (name, data, id) = line switch
                {
                    _ when line.StartsWith("event: ", StringComparison.Ordinal) => (line[7..], data, id),
                    _ when line.StartsWith("data: ", StringComparison.Ordinal) => (name, line[6..], id),
                    _ when line.StartsWith("id: ", StringComparison.Ordinal) => (name, data, line[4..]),
                    _ => (name, data, id),
                };
            }

            return null;
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
