using System.Text;

namespace MockOperator.Dashboard.Pages;

/// <summary>Names of objects: those of a Service, since a mock's is its Service's (RFC 1035 label).</summary>
internal static class ObjectName
{
    private const int Longest = 63;

    /// <summary>The name that a text for people becomes; empty when nothing of it is left.</summary>
    public static string Of(string text)
    {
        var name = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || (char.IsAsciiDigit(c) && name.Length > 0))
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }

        return name.ToString()[..Math.Min(Longest, name.Length)].TrimEnd('-');
    }

    /// <summary>Whether an object can be called so.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= Longest && char.IsAsciiLetterLower(name[0]) && name[^1] != '-' && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
