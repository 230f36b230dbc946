namespace MockOperator.PostmanApi.Errors;

/// <summary>An error as Postman's API answers it. It has two shapes there, and clients read one or the other; here every body carries both.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Name">What programs tell it by: <c>instanceNotFoundError</c>.</param>
/// <param name="Message">What is wrong, and the cure where there is one.</param>
internal sealed record PostmanError(int Status, string Name, string Message)
{
    /// <summary>Last part of the type by RFC 9457: <c>not-found</c>. Default: by the status.</summary>
    public string? Problem { get; init; }

    /// <summary>The heading that errors of server responses have; null for none.</summary>
    public string? Header { get; init; }

    /// <summary>Names of the parameters that are missing or wrong; null where none is.</summary>
    public IReadOnlyList<string>? Parameters { get; init; }

    /// <summary>Whether the parameters are one text, as a few errors have them, instead of a list.</summary>
    public bool ParametersAreText { get; init; }

    /// <summary>What is not there, or there already: <c>collection</c>; null where nothing is said of it.</summary>
    public string? Item { get; init; }

    /// <summary>Id of <see cref="Item"/>.</summary>
    public string? ItemId { get; init; }

    /// <summary>Whether <c>details</c> is there even when it is empty.</summary>
    public bool HasDetails { get; init; }

    /// <summary>Whether the error repeats its status, as those of workspaces do.</summary>
    public bool RepeatsStatus { get; init; }

    /// <summary>When to try again; null where that would not help.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
