using MockOperator.Resources;

namespace MockOperator.Client.Mocks;

/// <summary>What is changed of how requests are compared with examples. What is null stays as it is; what is the default is written as nothing.</summary>
public sealed record MatchingEdit
{
    /// <inheritdoc cref="MatchingSpec.Mode"/>
    public MatchingMode? Mode { get; init; }

    /// <inheritdoc cref="MatchingSpec.Body"/>
    public BodyMatching? Body { get; init; }

    /// <summary>Names of headers that must agree, instead of those that there are; empty for none.</summary>
    public IReadOnlyList<string>? Headers { get; init; }

    /// <inheritdoc cref="MatchingSpec.QueryParams"/>
    public bool? QueryParams { get; init; }

    /// <inheritdoc cref="MatchingSpec.Wildcards"/>
    public bool? Wildcards { get; init; }

    internal MatchingSpec? Apply(MatchingSpec? before)
    {
        var was = before ?? new MatchingSpec();
        var after = was with
        {
            Mode = Chosen.Of(was.Mode, Mode, MatchingMode.Postman),
            Body = Chosen.Of(was.Body, Body, BodyMatching.Ignore),
            Headers = Chosen.Of(was.Headers, Headers),
            QueryParams = Chosen.Of(was.QueryParams, QueryParams, true),
            Wildcards = Chosen.Of(was.Wildcards, Wildcards, true),
        };
        return after == was ? before : after == new MatchingSpec() ? null : after;
    }
}
