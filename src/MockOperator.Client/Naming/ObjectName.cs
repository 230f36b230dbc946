using System.Security.Cryptography;
using System.Text;
using MockOperator.Resources;

namespace MockOperator.Client.Naming;

/// <summary>Names of objects, made of names for people: what a mock may be called, so that a Collection, an environment and the mock of them can have one name.</summary>
public static class ObjectName
{
    /// <summary>Most characters: names of mocks may have no more.</summary>
    public const int Longest = MockServerRules.LongestName;

    private const int Suffix = 5;

    /// <summary>Makes a name: <c>My API (v2)</c> becomes <c>my-api-v2</c>.</summary>
    /// <param name="text">The name for people.</param>
    /// <param name="otherwise">The name where nothing of the text can stand in one.</param>
    /// <returns>A label that begins with a letter (RFC 1035 §2.3.1), at most <see cref="Longest"/> characters; else <paramref name="otherwise"/>.</returns>
    public static string Of(string text, string otherwise = "")
    {
        ArgumentNullException.ThrowIfNull(text);
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

        var label = name.ToString().TrimEnd('-');
        return label.Length == 0 ? otherwise : label;
    }

    /// <summary>Whether a mock can be called so: its name is that of a Service.</summary>
    /// <param name="name">The name.</param>
    public static bool IsOfMock(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return DnsLabel.Is(name, Longest) && char.IsAsciiLetterLower(name[0]);
    }

    /// <summary>Another name of the same beginning, by chance: no vowels, so no words.</summary>
    /// <param name="name">The name that is taken.</param>
    public static string Another(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return $"{(name.Length > Longest - Suffix - 1 ? name[..(Longest - Suffix - 1)] : name).TrimEnd('-')}-{RandomNumberGenerator.GetString("bcdfghjklmnpqrstvwxz2456789", Suffix)}";
    }

    /// <summary>Makes something under the first of some names that is not taken.</summary>
    /// <typeparam name="T">What is made.</typeparam>
    /// <param name="name">The name that is tried first.</param>
    /// <param name="make">Makes it, or fails with what <paramref name="isTaken"/> knows.</param>
    /// <param name="isTaken">Whether a failure says that the name is taken.</param>
    /// <returns>What was made; the last failure is thrown when five names were taken.</returns>
    public static async Task<T> FirstFreeAsync<T>(string name, Func<string, Task<T>> make, Func<Exception, bool> isTaken)
    {
        ArgumentNullException.ThrowIfNull(make);
        ArgumentNullException.ThrowIfNull(isTaken);
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
