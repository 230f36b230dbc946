using System.Text;
using System.Text.Json;
using MockOperator.Resources;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Calls;

/// <summary>Calls in the log of the pod.</summary>
public class CallPrinterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_are_written_a_line_each_to_the_last_one_if_the_mock_says_so()
    {
        using var log = new MemoryStream();
        await using (CalledMock mock = await CalledMock.StartAsync(new CallLogSpec { Stdout = true }, options: BundleHost.Loopback with { CallLog = log }))
        {
            for (int number = 0; number < 200; number++)
            {
                await mock.Mock.GetStringAsync($"/pets?n={number}&apikey=hunter2", Cancel);
            }

            await mock.Host.Host.DrainAsync(CancellationToken.None);
        }

        string[] lines = Encoding.UTF8.GetString(log.ToArray()).TrimEnd('\n').Split('\n');
        Assert.Equal(
            Enumerable.Range(0, 200).Select(static number => $"/pets?n={number}&apikey=***"),
            lines.Select(static line => JsonSerializer.Deserialize(line, CallJson.Default.MockCall)!.Request.Path));
    }

    [Fact]
    public async Task A_log_that_nobody_takes_away_keeps_neither_calls_nor_the_end_of_the_process()
    {
        using var log = new StuckStream();
        await using CalledMock mock = await CalledMock.StartAsync(new CallLogSpec { Stdout = true }, options: BundleHost.Loopback with { CallLog = log });
        for (int number = 0; number < 10; number++)
        {
            await mock.Mock.GetStringAsync("/pets", Cancel);
        }

        await Eventually.IsTrueAsync(() => log.IsWrittenTo, "the log is written");
        Assert.Equal("Rex", await mock.Mock.GetStringAsync("/pets", Cancel));
        await mock.Host.Host.DrainAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    [Fact]
    public async Task Without_being_asked_for_none_is_and_an_edit_begins_with_the_calls_after_it()
    {
        using var log = new MemoryStream();
        await using (CalledMock mock = await CalledMock.StartAsync(options: BundleHost.Loopback with { CallLog = log }))
        {
            await mock.Mock.GetStringAsync("/pets?n=1", Cancel);
            await mock.EditAsync(CalledMock.Definition(new CallLogSpec { Stdout = true }));
            await mock.Mock.GetStringAsync("/pets?n=2", Cancel);
            await mock.Host.Host.DrainAsync(CancellationToken.None);
        }

        MockCall call = JsonSerializer.Deserialize(Assert.Single(Encoding.UTF8.GetString(log.ToArray()).TrimEnd('\n').Split('\n')), CallJson.Default.MockCall)!;
        Assert.Equal("/pets?n=2", call.Request.Path);
    }

    private sealed class StuckStream : MemoryStream
    {
        private volatile bool _isWrittenTo;

        public bool IsWrittenTo => _isWrittenTo;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _isWrittenTo = true;
            return new ValueTask(new TaskCompletionSource().Task);
        }
    }
}
