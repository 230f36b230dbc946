using System.Buffers;
using System.Text;
using MockOperator.Mocking.Templating.Requests;

namespace MockOperator.Mocking.Templating;

/// <summary>
/// Reads request helpers: <c>{{$body 'path' 'default'}}</c>. An argument stands in single or double quotes, or is a word without any; a default may
/// be or hold a token. A quote ends its argument only before a space or the closing braces, so <c>'O'Neil'</c> is one argument.
/// </summary>
internal readonly ref struct HelperReader(TemplateParser parser, string text, int depth)
{
    /// <summary>Longest token of a helper; what is longer is text.</summary>
    private const int MaxLength = 8 * 1024;

    private static readonly SearchValues<char> s_wordEnds = SearchValues.Create(" \t\r\n{}");

    /// <summary>Reads the helper that begins at <paramref name="open"/>.</summary>
    /// <param name="open">Where two opening braces are.</param>
    /// <param name="end">Where it ends; only when there is one.</param>
    /// <returns>Null when no helper begins there.</returns>
    public TemplatePart? TryRead(int open, out int end)
    {
        end = FindEnd(open, depth, out string name, out List<string> arguments);
        if (end < 0)
        {
            return null;
        }

        ObjectPath path = ObjectPath.Parse(arguments is [var first, ..] ? first : "");
        TemplatePart[] fallback = arguments is [_, var second] ? parser.Parse(second, depth + 1) : [];
        return name switch
        {
            "body" => new BodyPart(path, fallback),
            _ when arguments is [] => null,
            "headers" => new HeaderPart(path, fallback),
            "queryParams" => new QueryPart(path, fallback),
            _ => new PathSegmentPart(path, fallback),
        };
    }

    private int FindEnd(int open, int level, out string name, out List<string> arguments)
    {
        arguments = [];
        name = "";
        ReadOnlySpan<char> rest = text.AsSpan(open + 2, Math.Min(text.Length - open - 2, MaxLength));
        int position = CountSpaces(rest);
        if (level > TemplateParser.MaxDepth || position >= rest.Length || rest[position] != '$')
        {
            return -1;
        }

        int length = rest[(position + 1)..].IndexOfAny(" \t\r\n}");
        if (length < 0 || rest.Slice(position + 1, length) is not ("body" or "headers" or "queryParams" or "pathSegments"))
        {
            return -1;
        }

        name = rest.Slice(position + 1, length).ToString();
        position += 1 + length;
        while (position < rest.Length)
        {
            int spaces = CountSpaces(rest[position..]);
            position += spaces;
            if (rest[position..].StartsWith("}}"))
            {
                return open + 2 + position + 2;
            }

            if (spaces == 0 || arguments.Count == 2 || position >= rest.Length)
            {
                return -1;
            }

            int read = ReadArgument(rest[position..], open + 2 + position, level, arguments);
            if (read <= 0)
            {
                return -1;
            }

            position += read;
        }

        return -1;
    }

    /// <returns>Characters read; 0 or less when no argument is there.</returns>
    private int ReadArgument(ReadOnlySpan<char> rest, int start, int level, List<string> arguments)
    {
        if (rest[0] is '\'' or '"')
        {
            return ReadQuoted(rest, arguments);
        }

        if (rest.StartsWith("{{"))
        {
            int length = arguments.Count == 1 ? NestedLength(rest, start, level) : 0;
            if (length > 0)
            {
                arguments.Add(rest[..length].ToString());
            }

            return length;
        }

        int end = rest.IndexOfAny(s_wordEnds);
        if (end > 0)
        {
            string word = rest[..end].ToString();
            arguments.Add(arguments.Count == 1 && word.StartsWith('$') ? $"{{{{{word}}}}}" : word);
        }

        return end;
    }

    /// <summary>Length of a token that stands as a default without quotes.</summary>
    private int NestedLength(ReadOnlySpan<char> rest, int start, int level)
    {
        int end = FindEnd(start, level + 1, out _, out _);
        if (end >= 0)
        {
            return end - start;
        }

        int close = rest[2..].IndexOfAny('{', '}');
        return close >= 0 && rest[(2 + close)..].StartsWith("}}") ? close + 4 : 0;
    }

    private int ReadQuoted(ReadOnlySpan<char> rest, List<string> arguments)
    {
        char quote = rest[0];
        StringBuilder argument = new();
        for (int position = 1; position < rest.Length; position++)
        {
            char character = rest[position];
            if (character == '\\' && position + 1 < rest.Length && rest[position + 1] == quote)
            {
                position++;
                character = quote;
            }
            else if (character == quote)
            {
                ReadOnlySpan<char> after = rest[(position + 1)..];
                if (after.StartsWith("}}") || CountSpaces(after) > 0)
                {
                    arguments.Add(argument.ToString());
                    return position + 1;
                }
            }

            argument.Append(character);
        }

        parser.Waste(rest.Length);
        return 0;
    }

    private static int CountSpaces(ReadOnlySpan<char> characters)
    {
        int count = characters.IndexOfAnyExcept(" \t\r\n");
        return count < 0 ? characters.Length : count;
    }
}
