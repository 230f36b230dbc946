using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace MockOperator.PostmanApi.Identity;

/// <summary>Names of objects, made of names for people: DNS labels that begin with a letter, short enough for what is made of them.</summary>
internal static class ObjectName
{
    private static readonly SearchValues<char> OfLabels = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Most characters: names of mocks may have no more.</summary>
    public const int Longest = Resources.MockServerRules.LongestName;

    private const int Suffix = 5;
    private const int LongestNamespace = 63;

    /// <summary>Makes a name: <c>My API (v2)</c> becomes <c>my-api-v2</c>.</summary>
    /// <param name="text">The name for people.</param>
    /// <param name="otherwise">The name where nothing of the text can stand in one.</param>
    public static string Of(string text, string otherwise)
    {
        var name = new StringBuilder(Longest);
        foreach (var character in text)
        {
            var lower = char.ToLowerInvariant(character);
            if (char.IsAsciiLetterLower(lower) || (char.IsAsciiDigit(lower) && name.Length > 0))
                name.Append(lower);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
            if (name.Length == Longest)
                break;
        }

        var label = name.ToString().Trim('-');
        return label.Length == 0 ? otherwise : label;
    }

    /// <summary>Whether a text can be the name of a namespace: a DNS label (RFC 1123 §2.1).</summary>
    public static bool IsNamespace(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= LongestNamespace && text[0] != '-' && text[^1] != '-' && !text.ContainsAnyExcept(OfLabels);

    /// <summary>Another name of the same beginning, by chance: no vowels, so no words.</summary>
    public static string Another(string name) =>
        $"{(name.Length > Longest - Suffix - 1 ? name[..(Longest - Suffix - 1)] : name).TrimEnd('-')}-{RandomNumberGenerator.GetString("bcdfghjklmnpqrstvwxz2456789", Suffix)}";

    /// <summary>Makes something under the first of some names that is not taken.</summary>
    /// <typeparam name="T">What is made.</typeparam>
    /// <param name="name">The name that is tried first.</param>
    /// <param name="make">Makes it, or fails with what <paramref name="isTaken"/> knows.</param>
    /// <param name="isTaken">Whether a failure says that the name is taken.</param>
    public static async Task<T> FirstFreeAsync<T>(string name, Func<string, Task<T>> make, Func<Exception, bool> isTaken)
    {
        const int attempts = 5;
        var next = name;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await make(next);
            }
            catch (Exception e) when (attempt < attempts && isTaken(e))
            {
                next = Another(name);
            }
        }
    }
}
