using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Mocks;

namespace MockOperator.Runtime.CallReading;

/// <summary>
/// The calls to come, as server-sent events. It looks for new ones some times a second, so that a reader costs a call nothing, and holds nothing for a reader: who is too slow for the journal is
/// told how many were missed.
/// </summary>
internal sealed class CallStream(MockDirectory mocks, CallQuery query, TimeProvider time)
{
    private const int AtOnce = 64;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);
    private readonly Dictionary<HostedMock, long> _places = [];
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>Begins after a call, or after the newest ones.</summary>
    /// <param name="after">Number of the last call that the reader has; null for one that has none.</param>
    public void Begin(long? after)
    {
        foreach (HostedMock mock in mocks.Table.Mocks)
        {
            _places[mock] = after is { } last ? mock.Calls.PlaceAfter(last) : mock.Calls.End;
        }
    }

    /// <summary>Writes until somebody ends it.</summary>
    /// <param name="output">The body of the answer.</param>
    /// <param name="cancellation">Fires when the reader leaves, or the process is about to end.</param>
    /// <exception cref="OperationCanceledException">It ended.</exception>
    public async Task WriteAsync(PipeWriter output, CancellationToken cancellation)
    {
        using var pace = new PeriodicTimer(s_pace, time);
        long beat = time.GetTimestamp();
        await output.WriteAsync(": calls from now on\n\n"u8.ToArray(), cancellation);
        while (await pace.WaitForNextTickAsync(cancellation))
        {
            bool isAny = false;
            foreach (HostedMock mock in mocks.Table.Mocks)
            {
                isAny |= await WriteAsync(output, mock, cancellation);
            }

            if (isAny)
            {
                beat = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(beat) > s_heartbeat)
            {
                beat = time.GetTimestamp();
                await output.WriteAsync(": \n\n"u8.ToArray(), cancellation);
            }
        }
    }

    private async Task<bool> WriteAsync(PipeWriter output, HostedMock mock, CancellationToken cancellation)
    {
        bool isAny = false;
        long place = _places.GetValueOrDefault(mock);
        while (place < mock.Calls.End)
        {
            (IReadOnlyList<RememberedCall> calls, long missed) = mock.Calls.ReadFrom(ref place, AtOnce);
            if (missed > 0)
            {
                isAny = true;
                await output.WriteAsync(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"event: missed\ndata: {missed}\n\n")), cancellation);
            }

            foreach (RememberedCall call in calls)
            {
                if (query.IsOf(mock) && query.Filter.Chooses(call))
                {
                    isAny = true;
                    Compose(mock, call);
                    await output.WriteAsync(_line.WrittenMemory, cancellation);
                }
            }
        }

        _places[mock] = place;
        return isAny;
    }

    private void Compose(HostedMock mock, RememberedCall call)
    {
        _line.ResetWrittenCount();
        _line.Write(Encoding.UTF8.GetBytes($"id: {mocks.Journals.Numbers.IdOf(call.Number)}\nevent: call\ndata: "));
        using (var json = new Utf8JsonWriter(_line, CallWriter.Options))
        {
            CallWriter.Write(json, mock, call, mocks.Journals.Numbers, query.Parts);
        }

        _line.Write("\n\n"u8);
    }
}
