namespace MockOperator.Operator.Conditions;

/// <summary>Text of others in a status has a bounded length.</summary>
public static class BoundedText
{
    /// <summary>Cuts a text, never inside a surrogate pair.</summary>
    public static string Cut(string text, int longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= longest)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
