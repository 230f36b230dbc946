using System.Text;
using System.Text.Json;

namespace MockOperator.Fuzzing.Mutation;

/// <summary>Changes that keep JSON what it is, mostly: values are replaced, moved from one document to another, repeated, wrapped and taken out.</summary>
internal sealed class JsonMutations(Random random)
{
    private const int MostWraps = 600;
    private readonly Dictionary<byte[], List<Range>> _values = new(ReferenceEqualityComparer.Instance);

    /// <summary>Changes a document.</summary>
    /// <param name="input">The document; it is not changed itself.</param>
    /// <param name="other">Another one, to take values from, that will be given again.</param>
    /// <returns>Null when the input holds no value of JSON.</returns>
    public byte[]? Change(byte[] input, byte[] other)
    {
        List<Range> values = _values.GetValueOrDefault(input) ?? Find(input);
        if (values.Count == 0)
        {
            return null;
        }

        (int at, int length) = values[random.Next(values.Count)].GetOffsetAndLength(input.Length);
        return random.Next(8) switch
        {
            0 or 1 => ByteMutations.Replace(input, at, length, Encoding.UTF8.GetBytes(Words.Json[random.Next(Words.Json.Length)])),
            2 or 3 => ByteMutations.Replace(input, at, length, ValueOf(other)),
            4 => ByteMutations.Replace(input, at, length, input.AsSpan(values[random.Next(values.Count)])),
            5 => Repeat(input, at, length),
            6 => Wrap(input, at, length),
            _ => TakeOut(input, at, length),
        };
    }

    private ReadOnlySpan<byte> ValueOf(byte[] document)
    {
        List<Range> values = ValuesOf(document);
        return values.Count == 0 ? "null"u8 : document.AsSpan(values[random.Next(values.Count)]);
    }

    private byte[] Repeat(byte[] input, int at, int length)
    {
        int times = random.Next(4) == 0 ? random.Next(100) : 1;
        var repeated = new List<byte>();
        for (int time = 0; time < times && repeated.Count < 16 * 1024; time++)
        {
            repeated.AddRange(input.AsSpan(at, length));
            repeated.Add((byte)',');
        }

        return ByteMutations.Replace(input, at, 0, repeated.ToArray());
    }

    private byte[] Wrap(byte[] input, int at, int length)
    {
        int times = random.Next(8) == 0 ? random.Next(MostWraps) : 1;
        (string open, string close) = random.Next(3) switch { 0 => ("[", "]"), 1 => ("{\"item\":[", "]}"), _ => ("{\"a\":", "}") };
        return
        [
            .. input.AsSpan(0, at), .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(open, times))), .. input.AsSpan(at, length),
            .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(close, times))), .. input.AsSpan(at + length),
        ];
    }

    private static byte[] TakeOut(byte[] input, int at, int length)
    {
        int end = at + length;
        return ByteMutations.Replace(input, at, end < input.Length && input[end] == ',' ? length + 1 : length, []);
    }

    private List<Range> ValuesOf(byte[] document)
    {
        if (!_values.TryGetValue(document, out List<Range>? values))
        {
            values = Find(document);
            _values.Add(document, values);
        }

        return values;
    }

    /// <summary>The places of all values, up to where the document stops being JSON. What precedes it, such as a request line, is passed over.</summary>
    private static List<Range> Find(byte[] document)
    {
        var values = new List<Range>();
        int offset = document.AsSpan().IndexOfAny((byte)'{', (byte)'[');
        if (offset < 0)
        {
            return values;
        }

        var open = new Stack<int>();
        var reader = new Utf8JsonReader(document.AsSpan(offset), isFinalBlock: true, new JsonReaderState(new JsonReaderOptions { MaxDepth = 1000, AllowMultipleValues = true }));
        try
        {
            while (reader.Read())
            {
                int start = offset + (int)reader.TokenStartIndex;
                int end = offset + (int)reader.BytesConsumed;
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push(start);
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        values.Add(open.Pop()..end);
                        break;
                    default:
                        values.Add(start..(reader.TokenType == JsonTokenType.PropertyName ? start + reader.ValueSpan.Length + 2 : end));
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // Up to here it was JSON.
        }

        return values;
    }
}
