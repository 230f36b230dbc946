using System.Buffers;
using System.Text;
using System.Text.Json;
using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Mocks;

namespace MockOperator.Runtime.CallReading;

/// <summary>
/// Writes the calls of mocks that ask for it to the log of the pod, a line of JSON each, without headers and bodies; or those of all mocks, a line for people each. It reads the journal as any other reader does, so a log that is not taken away
/// keeps no call waiting; what it misses it says.
/// </summary>
/// <param name="mocks">The mocks.</param>
/// <param name="output">The log.</param>
/// <param name="showsAll">Whether it is for people who look at all mocks.</param>
/// <param name="time">The clock.</param>
internal sealed class CallPrinter(MockDirectory mocks, Stream output, bool showsAll, TimeProvider time)
{
    private const int AtOnce = 64;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(200);
    private readonly Dictionary<HostedMock, long> _places = [];
    private readonly ArrayBufferWriter<byte> _lines = new();

    /// <summary>Writes until it is over, and then what is left.</summary>
    /// <param name="ended">Fires when no more calls come.</param>
    public async Task RunAsync(CancellationToken ended)
    {
        try
        {
            using var pace = new PeriodicTimer(s_pace, time);
            while (await pace.WaitForNextTickAsync(ended))
            {
                await WriteAsync();
            }
        }
        catch (OperationCanceledException)
        {
            await WriteAsync();
        }
        catch (IOException)
        {
            // Nobody reads the log any more: there is nobody to tell.
        }
    }

    private async Task WriteAsync()
    {
        foreach (HostedMock mock in mocks.Table.Mocks)
        {
            if (!showsAll && !mock.Calls.Settings.IsPrinted)
            {
                continue;
            }

            long place = Math.Max(_places.GetValueOrDefault(mock), showsAll ? 0 : mock.Calls.FirstPrinted);
            while (place < mock.Calls.End)
            {
                (IReadOnlyList<RememberedCall> calls, long missed) = mock.Calls.ReadFrom(ref place, AtOnce);
                _places[mock] = place;
                await WriteAsync(mock, calls, missed);
            }
        }

        foreach (HostedMock gone in _places.Keys.Except(mocks.Table.Mocks).ToArray())
        {
            _places.Remove(gone);
        }
    }

    private async Task WriteAsync(HostedMock mock, IReadOnlyList<RememberedCall> calls, long missed)
    {
        _lines.ResetWrittenCount();
        if (showsAll)
        {
            foreach (string line in calls.Select(call => CallLine.Of(mock.Name, call)).Prepend(missed > 0 ? $"{mock.Name}: {missed} calls are not shown here" : ""))
            {
                _lines.Write(Encoding.UTF8.GetBytes(line.Length > 0 ? $"  {line}\n" : ""));
            }
        }
        else
        {
            WriteJson(mock, calls, missed);
        }

        await output.WriteAsync(_lines.WrittenMemory);
        await output.FlushAsync();
    }

    private void WriteJson(HostedMock mock, IReadOnlyList<RememberedCall> calls, long missed)
    {
        if (missed > 0)
        {
            using (var json = new Utf8JsonWriter(_lines, CallWriter.Options))
            {
                json.WriteStartObject();
                json.WriteString("mock", mock.Name);
                json.WriteNumber("missedCalls", missed);
                json.WriteEndObject();
            }

            _lines.Write("\n"u8);
        }

        foreach (RememberedCall call in calls)
        {
            using (var json = new Utf8JsonWriter(_lines, CallWriter.Options))
            {
                CallWriter.Write(json, mock, call, mocks.Journals.Numbers, CallParts.None);
            }

            _lines.Write("\n"u8);
        }
    }
}
