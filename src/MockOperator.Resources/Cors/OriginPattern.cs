using System.Diagnostics.CodeAnalysis;

namespace MockOperator.Resources;

/// <summary>
/// One entry of <see cref="CorsSpec.AllowOrigins"/>: an origin as browsers serialise it (scheme, host, port unless it is the scheme's default; lower case),
/// <c>null</c>, <c>*</c>, or an origin with one wildcard in the first label of its host. A wildcard that is the whole label stands for one or more labels;
/// one beside other characters (<c>https://pr-*.example.com</c>) stands for one or more characters of that label.
/// </summary>
public sealed record OriginPattern
{
    /// <summary>The rule that every entry must follow, as messages and the schema state it.</summary>
    public const string Rule =
        "an origin is '*', 'null', or scheme://host[:port] with nothing after it; the first of at least two labels of the host may hold one '*'";

    private const int MaxLength = 320;

    private OriginPattern(string text, string prefix, string? suffix, bool spansLabels)
    {
        Text = text;
        Prefix = prefix;
        Suffix = suffix;
        SpansLabels = spansLabels;
    }

    /// <summary>The entry as it is compared: lower case, without a default port.</summary>
    public string Text { get; }

    /// <summary>What stands before the wildcard; the whole text when there is none.</summary>
    public string Prefix { get; }

    /// <summary>What stands after the wildcard, or null when there is none.</summary>
    public string? Suffix { get; }

    /// <summary>Whether the wildcard may stand for several labels.</summary>
    public bool SpansLabels { get; }

    /// <summary>Whether this is <c>*</c>.</summary>
    public bool IsAny => Text is "*";

    /// <summary>Whether this is <c>null</c>: sandboxed frames, <c>file:</c> pages and redirects across origins.</summary>
    public bool IsOpaque => Text is "null";

    /// <summary>Whether exactly one origin is meant.</summary>
    public bool IsExact => Suffix is null && !IsAny;

    /// <summary>Parses an entry.</summary>
    /// <param name="text">The entry as written.</param>
    /// <param name="pattern">The pattern, when the entry follows <see cref="Rule"/>.</param>
    /// <returns>Whether it does.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out OriginPattern? pattern)
    {
        pattern = null;
        if (text is "*" or "null")
        {
            pattern = new OriginPattern(text, text, null, false);
            return true;
        }

        if (text is null || text.Length > MaxLength || !Origin.TrySplit(text, wildcard: true, out var parts))
            return false;

        var normal = parts.Normalize(text);
        var star = normal.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            pattern = new OriginPattern(normal, normal, null, false);
            return true;
        }

        var prefix = normal[..star];
        var suffix = normal[(star + 1)..];
        pattern = new OriginPattern(normal, prefix, suffix, prefix.EndsWith("://", StringComparison.Ordinal) && suffix.StartsWith('.'));
        return true;
    }

    /// <summary>Whether an origin, as a browser sends it, is meant by this pattern. Allocates nothing.</summary>
    /// <param name="origin">The value of the header <c>Origin</c>: hostile until it matches.</param>
    public bool Matches(string origin)
    {
        if (IsAny)
            return true;
        if (Suffix is null)
            return origin == Text;
        if (origin.Length <= Prefix.Length + Suffix.Length || origin.Length > MaxLength
            || !origin.StartsWith(Prefix, StringComparison.Ordinal) || !origin.EndsWith(Suffix, StringComparison.Ordinal))
            return false;

        var middle = origin.AsSpan(Prefix.Length, origin.Length - Prefix.Length - Suffix.Length);
        return SpansLabels ? Origin.AreLabels(middle) : Origin.IsLabelPart(middle);
    }
}
