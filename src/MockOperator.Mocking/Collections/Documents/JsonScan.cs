using System.Buffers;

namespace MockOperator.Mocking.Collections.Documents;

/// <summary>
/// Finds where values end in JSON that is known to be well-formed. Nothing is checked again, nothing recurses, and the long runs (texts, nested values)
/// are passed by vectorised search.
/// </summary>
internal static class JsonScan
{
    private static readonly SearchValues<byte> InText = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> InContainer = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> AfterScalar = SearchValues.Create(",]} \t\r\n"u8);

    /// <summary>The first position at or after <paramref name="position"/> that is not white space; the length when there is none.</summary>
    public static int SkipWhiteSpace(ReadOnlySpan<byte> json, int position)
    {
        while (position < json.Length && json[position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            position++;
        }

        return position;
    }

    /// <summary>The position after the value that starts at <paramref name="position"/>.</summary>
    public static int EndOfValue(ReadOnlySpan<byte> json, int position) => json[position] switch
    {
        (byte)'"' => EndOfText(json, position),
        (byte)'{' or (byte)'[' => EndOfContainer(json, position),
        _ => EndOfScalar(json, position),
    };

    /// <summary>The position after the closing quote of the text whose opening quote is at <paramref name="position"/>.</summary>
    public static int EndOfText(ReadOnlySpan<byte> json, int position)
    {
        position++;
        while (true)
        {
            position += json[position..].IndexOfAny(InText);
            if (json[position] == (byte)'"')
            {
                return position + 1;
            }

            position += 2;
        }
    }

    /// <summary>As <see cref="EndOfText"/>, for a text without escapes that ends within so many bytes.</summary>
    public static bool TryEndOfShortText(ReadOnlySpan<byte> json, int position, int most, out int end)
    {
        ReadOnlySpan<byte> inside = json.Slice(position + 1, Math.Min(most, json.Length - position - 1));
        int length = inside.IndexOfAny(InText);
        end = position + length + 2;
        return length >= 0 && inside[length] == (byte)'"';
    }

    private static int EndOfContainer(ReadOnlySpan<byte> json, int position)
    {
        int depth = 0;
        while (true)
        {
            position += json[position..].IndexOfAny(InContainer);
            switch (json[position])
            {
                case (byte)'"':
                    position = EndOfText(json, position);
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    position++;
                    break;
                default:
                    position++;
                    if (--depth == 0)
                    {
                        return position;
                    }

                    break;
            }
        }
    }

    private static int EndOfScalar(ReadOnlySpan<byte> json, int position)
    {
        int length = json[position..].IndexOfAny(AfterScalar);
        return length < 0 ? json.Length : position + length;
    }
}
