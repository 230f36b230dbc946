using System.Collections.Immutable;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Templating;

namespace MockOperator.Mocking.Matching;

/// <summary>The path of a saved request, variables filled in, cut into segments (Postman matching, URL path).</summary>
internal sealed class ExamplePath
{
    private ExamplePath(ImmutableArray<PathSegment> segments, int trailing)
    {
        Segments = segments;
        Trailing = trailing;
        string stripped = segments.Length == 1 ? segments[0].Exact : string.Join('/', segments.Select(static segment => segment.Exact));
        FoldedStripped = CaseFolding.Fold(stripped);
        Exact = trailing == 0 ? stripped : stripped + new string('/', trailing);
        WildcardCount = segments.Count(static segment => segment.IsWildcard);
        HasIds = segments.Any(static segment => segment.IsId);
    }

    /// <summary>The segments, at least one, without those that only trailing slashes make.</summary>
    internal ImmutableArray<PathSegment> Segments { get; }

    /// <summary>Number of trailing slashes.</summary>
    internal int Trailing { get; }

    /// <summary>The whole path without its leading slash.</summary>
    internal string Exact { get; }

    /// <summary><see cref="Exact"/> without trailing slashes.</summary>
    internal ReadOnlySpan<char> ExactStripped => Exact.AsSpan(0, Exact.Length - Trailing);

    /// <summary><see cref="ExactStripped"/> with its case folded.</summary>
    internal string FoldedStripped { get; }

    /// <summary>Number of wildcards.</summary>
    internal int WildcardCount { get; }

    /// <summary>Whether a segment is an id.</summary>
    internal bool HasIds { get; }

    /// <summary>Reads the path of a URL.</summary>
    /// <param name="url">The URL as saved.</param>
    /// <param name="path">Its path with variables filled in, as <see cref="ResolvedUrl"/> makes it.</param>
    /// <param name="variables">Fills in the values of path variables.</param>
    /// <param name="wildcards">Whether there are wildcards; if not, tokens and <c>:name</c> are plain text.</param>
    /// <param name="known">Segments of other paths.</param>
    internal static ExamplePath Read(ExampleUrl url, string path, VariableResolver variables, bool wildcards, Canonical<PathSegment> known)
    {
        string[] texts = path.Split('/');
        int count = texts.Length;
        while (count > 1 && texts[count - 1].Length == 0)
        {
            count--;
        }

        ImmutableArray<PathSegment>.Builder segments = ImmutableArray.CreateBuilder<PathSegment>(count);
        for (int index = 0; index < count; index++)
        {
            segments.Add(known.Of(ReadSegment(url, texts[index], variables, wildcards)));
        }

        return new ExamplePath(segments.MoveToImmutable(), texts.Length - count);
    }

    private static PathSegment ReadSegment(ExampleUrl url, string text, VariableResolver variables, bool wildcards)
    {
        if (Token.TryRead(text, out string? name))
        {
            return wildcards ? Wildcard(text, "", Names(name)) : Literal(text);
        }

        if (text.Length < 2 || text[0] != ':')
        {
            return Literal(text);
        }

        int dot = text.IndexOf('.', StringComparison.Ordinal);
        string variable = dot < 0 ? text[1..] : text[1..dot];
        string suffix = dot < 0 ? "" : text[dot..];
        string? value = url.PathVariables.TryGetValue(variable, out string? saved) && saved.Length > 0 ? variables.Resolve(saved) : null;
        string concrete = value is null ? text : value + suffix;
        if (variable.Length == 0 || !wildcards)
        {
            return Literal(concrete);
        }

        ImmutableArray<string> names = value is not null && Token.TryRead(value, out string? inner) ? [variable, .. Names(inner)] : [variable];
        return Wildcard(concrete, suffix, names);
    }

    private static ImmutableArray<string> Names(string name) => name.StartsWith('$') ? [] : [name];

    private static PathSegment Wildcard(string text, string suffix, ImmutableArray<string> names)
    {
        PathSegment literal = Literal(text);
        string decoded = PercentDecoding.DecodePath(suffix);
        return literal with { IsWildcard = true, IsId = false, Suffix = decoded, FoldedSuffix = CaseFolding.Fold(decoded), Captures = names };
    }

    private static PathSegment Literal(string text)
    {
        string exact = PercentDecoding.DecodePath(text).Replace('/', PercentDecoding.EncodedSlash);
        string folded = CaseFolding.Fold(exact);
        return new PathSegment { Exact = exact, Folded = folded, Letters = Letters.Of(folded), IsId = IdSegment.Is(exact) };
    }
}
