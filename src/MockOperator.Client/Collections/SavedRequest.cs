namespace MockOperator.Client.Collections;

/// <summary>A request that is saved in a document.</summary>
/// <param name="Method">Its method, in capitals.</param>
/// <param name="Host">What stands before its path: <c>{{baseUrl}}</c>, <c>https://example.com</c>.</param>
/// <param name="Segments">Its path.</param>
/// <param name="Responses">The list of responses saved of it; null when it has none.</param>
/// <param name="LastMemberEnd">Where the last member of its item ends.</param>
/// <param name="Depth">How deep members of its item stand.</param>
internal sealed record SavedRequest(string Method, string Host, IReadOnlyList<string> Segments, JsonList? Responses, int LastMemberEnd, int Depth)
{
    /// <summary>Whether the path is this, letter by letter; segments that are variables are alike, whatever they are called.</summary>
    public bool HasPath(IReadOnlyList<string> segments) => Compare(segments, static (mine, theirs) => mine == theirs || (IsVariable(mine) && IsVariable(theirs)));

    /// <summary>Whether the path is an instance of this one.</summary>
    public bool Covers(IReadOnlyList<string> segments) => Compare(segments, static (mine, theirs) => mine == theirs || IsVariable(mine));

    /// <summary>Splits a path, without its query.</summary>
    public static IReadOnlyList<string> Split(string path)
    {
        var end = path.AsSpan().IndexOfAny('?', '#');
        return (end < 0 ? path : path[..end]).TrimStart('/').Split('/');
    }

    private bool Compare(IReadOnlyList<string> segments, Func<string, string, bool> alike)
    {
        if (segments.Count != Segments.Count)
            return false;
        for (var index = 0; index < segments.Count; index++)
        {
            if (!alike(Segments[index], segments[index]))
                return false;
        }

        return true;
    }

    private static bool IsVariable(string segment) => segment is [':', _, ..] || (segment is ['{', '{', .., '}', '}'] && segment.IndexOf("}}", StringComparison.Ordinal) == segment.Length - 2);
}
