namespace MockOperator.Mocking.Matching;

/// <summary>What of a request is too much: its limit is passed, or comparing it took more work than a <see cref="WorkBudget"/> holds.</summary>
public enum RequestExcess
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The path, or the search for paths that it is similar to.</summary>
    Path,

    /// <summary>The comparison of the query.</summary>
    Query,

    /// <summary>The number of query parameters: at most <see cref="WorkBudget.MaxParameters"/> are read.</summary>
    Parameters,

    /// <summary>The comparison of headers.</summary>
    Headers,

    /// <summary>The comparison of the body.</summary>
    Body,

    /// <summary>The number of values of a body that is compared part by part: at most <see cref="WorkBudget.MaxParts"/> are read.</summary>
    Parts,
}
