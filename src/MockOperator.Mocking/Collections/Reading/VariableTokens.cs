namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Knows <c>{{variables}}</c> inside a text: what stands between the braces is a name, never a delimiter.</summary>
internal static class VariableTokens
{
    /// <summary>The first <paramref name="sought"/> at or after <paramref name="start"/> that is not inside a token; -1 when there is none.</summary>
    public static int IndexOf(ReadOnlySpan<char> text, char sought, int start = 0)
    {
        for (int i = start; i < text.Length;)
        {
            int next = text[i..].IndexOfAny(sought, '{');
            if (next < 0)
            {
                return -1;
            }

            i += next;
            if (text[i] == sought)
            {
                return i;
            }

            i = AfterToken(text, i);
        }

        return -1;
    }

    /// <summary>The last <paramref name="sought"/> that is not inside a token; -1 when there is none.</summary>
    public static int LastIndexOf(ReadOnlySpan<char> text, char sought)
    {
        int last = -1;
        for (int i = IndexOf(text, sought); i >= 0; i = IndexOf(text, sought, i + 1))
        {
            last = i;
        }

        return last;
    }

    /// <summary>The position after the token that starts at <paramref name="brace"/>; the next position when none starts there.</summary>
    private static int AfterToken(ReadOnlySpan<char> text, int brace)
    {
        if (!text[brace..].StartsWith("{{"))
        {
            return brace + 1;
        }

        int inside = brace + 2;
        int length = text[inside..].IndexOfAny('{', '}');
        return length >= 0 && text[(inside + length)..].StartsWith("}}") ? inside + length + 2 : brace + 1;
    }
}
