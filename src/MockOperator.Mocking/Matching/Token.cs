using System.Diagnostics.CodeAnalysis;

namespace MockOperator.Mocking.Matching;

/// <summary>A text that is nothing but one unresolved <c>{{token}}</c>: what makes a wildcard.</summary>
internal static class Token
{
    /// <summary>Reads the name of a token that is the whole text.</summary>
    /// <param name="text">Text with its variables filled in.</param>
    /// <param name="name">The name without surrounding blanks.</param>
    internal static bool TryRead(string text, [NotNullWhen(true)] out string? name)
    {
        name = null;
        if (text.Length <= 4 || !text.StartsWith("{{", StringComparison.Ordinal) || !text.EndsWith("}}", StringComparison.Ordinal))
        {
            return false;
        }

        string inner = text[2..^2];
        if (inner.AsSpan().IndexOfAny('{', '}') >= 0)
        {
            return false;
        }

        name = inner.Trim();
        return name.Length > 0;
    }
}
