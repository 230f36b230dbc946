using System.Collections.Immutable;
using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Matching;

/// <summary>An example, prepared for comparison.</summary>
internal sealed class Candidate
{
    private CandidateGroup? _alone;

    /// <summary>Position in document order among the examples that are served.</summary>
    internal required int Index { get; init; }

    /// <summary>Names the example.</summary>
    internal required ExampleIdentity Example { get; init; }

    /// <summary>Method, upper case.</summary>
    internal required string Method { get; init; }

    /// <summary>Path with variables filled in.</summary>
    internal required ExamplePath Path { get; init; }

    /// <summary>Query with variables filled in.</summary>
    internal required ExampleQuery Query { get; init; }

    /// <summary>What a request body is compared with.</summary>
    internal required ExpectedBody Body { get; init; }

    /// <summary>Headers with variables filled in; values of a repeated header joined.</summary>
    internal required ImmutableArray<Field> Headers { get; init; }

    /// <summary>Status of the answer.</summary>
    internal required int Status { get; init; }

    /// <summary>Place in the order that breaks ties, from 0: the lowest wins.</summary>
    internal int Rank { get; set; }

    /// <summary><see cref="Rank"/> by Postman's rule alone, for a choice by name: strict mode looks at wildcards before it.</summary>
    internal int PlainRank { get; set; }

    /// <summary>A group of this example alone, which every index shares: most paths have one example.</summary>
    internal CandidateGroup Alone => _alone ??= new CandidateGroup(this);

    /// <summary>Number of wildcards in path and query.</summary>
    internal int WildcardCount => Path.WildcardCount + Query.WildcardCount;

    /// <summary>Value of a header as compared, trimmed; null when the example has no such header.</summary>
    internal string? Header(string name)
    {
        foreach (Field header in Headers)
        {
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }
}
