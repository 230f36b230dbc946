using MockOperator.Client.Mocks;
using MockOperator.Dashboard.Pages;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Mocks;

/// <summary>A mock in a list.</summary>
internal sealed record MockRow
{
    /// <summary>The mock.</summary>
    public required ObjectKey Key { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>How it is.</summary>
    public required MockState State { get; init; }

    /// <summary>What is wrong; null for nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>What helps; null where only looking closer does.</summary>
    public Cure? Cure { get; init; }

    /// <summary>Where it answers; null while that is not known.</summary>
    public string? Url { get; init; }

    /// <summary>Name of its collection; null for one of its own.</summary>
    public string? Collection { get; init; }

    /// <summary>The version that it serves.</summary>
    public string? Version { get; init; }

    /// <summary>Where its variables come from; null for nowhere.</summary>
    public string? Environment { get; init; }

    /// <summary>Whether callers need a key.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Calls of this period; null when nothing counts them.</summary>
    public long? Calls { get; init; }

    /// <summary>Whether something is wrong with it.</summary>
    public bool IsInTrouble => State is MockState.Failing or MockState.Stalled;

    /// <summary>Reads a mock.</summary>
    public static MockRow Of(ListedMock mock)
    {
        var summary = MockSummary.Of(mock);
        var key = ObjectKey.Of(mock);
        return new MockRow
        {
            Key = key,
            Title = Show.Cut(mock.Spec?.DisplayName is { Length: > 0 } name ? name : key.Name, 120),
            State = summary.State,
            Problem = summary.Problem is { } problem ? Show.Cut(problem, 300) : null,
            Cure = summary.Reason is { } reason ? Cure.Of(mock, reason) : null,
            Url = mock.Status?.ExternalUrl ?? mock.Status?.Url,
            Collection = mock.Spec?.CollectionRef?.Name,
            Version = mock.Spec?.CollectionRef is { } reference ? reference.Version ?? CollectionSpec.CurrentVersion : null,
            Environment = EnvironmentOf(mock.Spec?.Environment),
            IsPrivate = mock.Spec?.Private ?? false,
            Calls = mock.Status?.CallsAnswered,
        };
    }

    /// <summary>Whether a text is in what the row shows.</summary>
    public bool Has(string text) =>
        Title.Contains(text, StringComparison.OrdinalIgnoreCase)
        || Key.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || Url?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
        || Collection?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
        || Environment?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Where variables come from, in a few words; null for nowhere.</summary>
    public static string? EnvironmentOf(EnvironmentSpec? environment)
    {
        if (environment?.Postman is { } export)
            return export.ConfigMapKeyRef?.Name ?? export.SecretKeyRef?.Name;
        var sources = environment?.From?.Count ?? 0;
        if (sources == 1)
            return environment!.From![0].ConfigMapRef?.Name ?? environment.From[0].SecretRef?.Name;
        if (sources > 1)
            return Show.Count(sources, "source");
        return environment?.Variables is { Count: > 0 } variables ? Show.Count(variables.Count, "variable") : null;
    }
}
