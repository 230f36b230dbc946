using System.Text.Json;

namespace MockOperator.Mocking.Collections.Documents;

/// <summary>
/// Where the large values of a document end, so that walking past one costs the same as walking past a small one. Small values are not in it: it takes
/// 8 bytes for every value of 256 bytes or more, a few per cent of the document at most times its depth, instead of 12 bytes for every token.
/// </summary>
internal sealed class LargeValueIndex
{
    private const int Large = 256;

    private readonly List<int> starts = [];
    private readonly List<int> ends = [];
    private readonly Stack<int> open = [];

    /// <summary>Takes note of the token that <paramref name="reader"/> stands on. Tokens come in document order.</summary>
    public void Note(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                open.Push(starts.Count);
                starts.Add(start);
                ends.Add(0);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                int slot = open.Pop();
                if (start + 1 - starts[slot] >= Large)
                {
                    ends[slot] = start + 1;
                }
                else
                {
                    // A small container holds no large value, so its slot is the last one.
                    starts.RemoveAt(slot);
                    ends.RemoveAt(slot);
                }

                break;
            case JsonTokenType.String when reader.BytesConsumed - start >= Large:
                starts.Add(start);
                ends.Add((int)reader.BytesConsumed);
                break;
            default:
                break;
        }
    }

    /// <summary>The position after the value that starts at <paramref name="position"/> of <paramref name="json"/>.</summary>
    public int EndOfValue(ReadOnlySpan<byte> json, int position)
    {
        if (json[position] is (byte)'"' && JsonScan.TryEndOfShortText(json, position, Large, out int end))
        {
            // Most texts are short, and looking at their bytes is cheaper than searching the table.
            return end;
        }

        if (json[position] is (byte)'"' or (byte)'{' or (byte)'[')
        {
            int slot = starts.BinarySearch(position);
            if (slot >= 0)
            {
                return ends[slot];
            }
        }

        return JsonScan.EndOfValue(json, position);
    }
}
