using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using MockOperator.Resources;

namespace MockOperator.Operator.Allowances;

/// <summary>
/// The keys of labels and annotations that a MockServer may set on its pods and its Ingress. Meshes, injectors, cloud identities and container runtimes take
/// orders from such keys (an image to inject, a role to assume, a device to open), and nobody knows all of them, so only known ones are allowed: those
/// without a prefix, which Kubernetes leaves to people, those of a few prefixes that command nothing, and those that the operator's command line adds.
/// </summary>
public sealed class MetadataKeys
{
    private const string Everything = "/*";
    private const int LongestKey = 317;
    private const int LongestQuote = 128;

    private static readonly FrozenSet<string> s_usualPrefixes = FrozenSet.ToFrozenSet(["app.kubernetes.io", "prometheus.io", "kubectl.kubernetes.io"], StringComparer.Ordinal);

    // Azure's pod identity assigned an identity by this label before prefixes were thought of.
    private static readonly FrozenSet<string> s_exceptions = FrozenSet.ToFrozenSet(["aadpodidbinding"], StringComparer.Ordinal);

    private readonly FrozenSet<string> _keys;
    private readonly FrozenSet<string> _prefixes;

    private MetadataKeys(IEnumerable<string> keys, IEnumerable<string> prefixes)
    {
        _keys = keys.ToFrozenSet(StringComparer.Ordinal);
        _prefixes = s_usualPrefixes.Concat(prefixes).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Those that are allowed everywhere.</summary>
    public static MetadataKeys Usual { get; } = new([], []);

    /// <summary>Reads what is to be allowed besides the usual ones.</summary>
    /// <param name="texts">Keys, as <c>example.com/team</c>, and prefixes with all their keys, as <c>example.com/*</c>.</param>
    /// <param name="keys">What was read.</param>
    /// <param name="problem">Which of them is neither.</param>
    public static bool TryParse(IEnumerable<string> texts, [NotNullWhen(true)] out MetadataKeys? keys, [NotNullWhen(false)] out string? problem)
    {
        string[] all = [.. texts];
        problem = Array.Find(all, static text => !IsKey(text.EndsWith(Everything, StringComparison.Ordinal) ? text[..^1] + "x" : text)) is { } wrong
            ? $"'{wrong}' is neither a key such as example.com/team nor a prefix such as example.com/*"
            : null;
        keys = problem is null
            ? new MetadataKeys(
                all.Where(static text => !text.EndsWith(Everything, StringComparison.Ordinal)),
                all.Where(static text => text.EndsWith(Everything, StringComparison.Ordinal)).Select(static text => text[..^Everything.Length]))
            : null;
        return problem is null;
    }

    /// <summary>Whether a key may be set.</summary>
    public bool Allows(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return _keys.Contains(key) || (slash < 0 ? !s_exceptions.Contains(key) : _prefixes.Contains(key[..slash]));
    }

    /// <summary>What is wrong with a key that is not allowed.</summary>
    /// <param name="path">Where it stands in the spec.</param>
    /// <param name="key">The key.</param>
    public static SpecProblem Refusal(string path, string key) =>
        new(path, $"a program of the cluster may take orders from this key: leave it out, or have the operator run with --allowed-metadata={Quote(key)}");

    /// <summary>A key as far as a message shows it: keys are as long as their author likes.</summary>
    public static string Quote(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Length <= LongestQuote ? key : key[..LongestQuote] + "…";
    }

    private static bool IsKey(string text)
    {
        string[] parts = text.Split('/');
        return text.Length <= LongestKey && parts.Length <= 2 && parts.All(static part =>
            part.Length > 0 && char.IsAsciiLetterOrDigit(part[0]) && char.IsAsciiLetterOrDigit(part[^1])
            && part.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_'));
    }
}
