using System.Text;
using CsCheck;
using MockOperator.Client.Calls;

namespace MockOperator.Client.Tests.Calls;

public class EventStreamTests
{
    private static readonly string[] LineEnds = ["\n", "\r\n", "\r"];

    [Fact]
    public async Task Events_are_read_as_the_standard_says()
    {
        var events = await ReadAsync(": comment\n\ndata: one\n\nevent: call\nid: 7\ndata:two\ndata:  three\nretry: 5\n\nevent: lonely\n\ndata\n\ndata: cut off", 100);

        Assert.Equal(["message||one", "call|7|two\n three", "message||"], events);
    }

    [Fact]
    public async Task A_long_event_is_told_of_and_the_next_is_whole()
    {
        var events = await ReadAsync($"id: 1\ndata: {new string('x', 5000)}\n\nid: 2\ndata: {new string('y', 60)}\ndata: {new string('y', 60)}\n\nid: 3\ndata: ok\n\n", 100);

        Assert.Equal(["message|1|too long", "message|2|too long", "message|3|ok"], events);
    }

    [Fact]
    public void Events_are_the_same_wherever_the_network_cuts_and_however_lines_end() =>
        Gen.Select(Gen.Int[1, 7], Gen.Int[0, 2].Select(i => LineEnds[i]), Gen.Char['a', 'z'].Array[0, 40].Select(x => new string(x)).Array[1, 6]).Sample(
            (piece, end, texts) =>
            {
                var text = string.Concat(texts.Select((x, i) => $"event: e{i}{end}id: {i}{end}data: {x}{end}{end}"));
                Assert.Equal(texts.Select((x, i) => $"e{i}|{i}|{x}"), ReadAsync(text, 100, piece).GetAwaiter().GetResult());
            },
            iter: 500);

    private static async Task<List<string>> ReadAsync(string text, int longest, int piece = 7)
    {
        var stream = new EventStream(new InPieces(Encoding.UTF8.GetBytes(text), piece), longest);
        var events = new List<string>();
        while (await stream.NextAsync(CancellationToken.None) is { } next)
            events.Add($"{next.Type}|{next.Id}|{(next.Data is { } data ? Encoding.UTF8.GetString(data.Span) : "too long")}");
        return events;
    }

    private sealed class InPieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
