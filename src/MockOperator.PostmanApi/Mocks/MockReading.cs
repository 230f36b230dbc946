using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.PostmanApi.Answers;
using MockOperator.PostmanApi.Identity;
using MockOperator.Resources;

namespace MockOperator.PostmanApi.Mocks;

/// <summary>Describes a MockServer as Postman describes mocks.</summary>
internal static class MockReading
{
    /// <summary>All that is told of a mock.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="inList">Whether it stands in a list, where no active server response is an empty text: clients refuse null there.</param>
    public static MockAnswer Read(ListedMock mock, bool inList) => Written(mock) with
    {
        IsPublic = !IsPrivate(mock),
        Deactivated = IsDeactivated(mock),
        Config = Settings(mock, inList),
    };

    /// <summary>What is told of a mock that was just written.</summary>
    public static MockAnswer Written(ListedMock mock)
    {
        var key = ObjectKey.Of(mock);
        var id = PostmanId.Of(PostmanKind.Mock, key);
        return new MockAnswer
        {
            Id = id,
            Owner = PostmanId.Owner,
            Uid = PostmanId.Uid(id),
            Collection = CollectionUid(mock),
            MockUrl = mock.Status?.ExternalUrl ?? mock.Status?.Url ?? $"http://{key.Name}.{key.Namespace}.svc",
            Name = Name(mock),
            Config = Settings(mock, inList: false),
            CreatedAt = Timestamp.Created(mock.Metadata),
            UpdatedAt = Timestamp.Updated(mock.Metadata),
            Environment = EnvironmentName(mock.Spec) is { } environment ? PostmanId.UidOf(PostmanKind.Environment, key with { Name = environment }) : null,
        };
    }

    /// <summary>Whether callers need a key.</summary>
    public static bool IsPrivate(ListedMock mock) => mock.Spec?.Private == true;

    /// <summary>The name for people.</summary>
    public static string Name(ListedMock mock) => mock.Spec?.DisplayName is { Length: > 0 } name ? name : mock.Metadata.Name;

    /// <summary>The uid of what a mock serves; of examples that are the mock's own, one of theirs.</summary>
    public static string CollectionUid(ListedMock mock)
    {
        var key = ObjectKey.Of(mock);
        return mock.Spec?.CollectionRef is { } reference
            ? PostmanId.UidOf(PostmanKind.Collection, key with { Name = reference.Name })
            : PostmanId.UidOf(PostmanKind.EmbeddedCollection, key);
    }

    /// <summary>Whether what a mock is made of was deleted. It goes on answering with what it has.</summary>
    public static bool IsDeactivated(ListedMock mock) =>
        mock.Status?.Conditions?.Any(condition =>
            condition is
            {
                Type: "CollectionResolved" or "EnvironmentResolved",
                Status: ConditionStatus.False,
                Reason: "CollectionNotFound" or "ConfigMapNotFound" or "SecretNotFound",
            }) == true;

    private static string? EnvironmentName(ListedMockSpec? spec) =>
        (spec?.Environment?.Postman?.ConfigMapKeyRef?.Name ?? spec?.Environment?.Postman?.SecretKeyRef?.Name) is { Length: > 0 } name ? name : null;

    private static MockAnswer.Settings Settings(ListedMock mock, bool inList) => new()
    {
        Headers = mock.Spec?.Matching?.Headers ?? [],
        MatchBody = mock.Spec?.Matching?.Body is BodyMatching.Exact or BodyMatching.Subset,
        MatchHeader = mock.Spec?.Matching?.Headers is { Count: > 0 },
        MatchQueryParams = mock.Spec?.Matching?.QueryParams ?? true,
        MatchWildcards = mock.Spec?.Matching?.Wildcards ?? true,
        Delay = Delay(mock.Spec?.Delay),
        ServerResponseId = mock.Spec?.ActiveServerResponse is { Length: > 0 } active
            ? PostmanId.Of(PostmanKind.ServerResponse, ObjectKey.Of(mock), active)
            : inList ? "" : null,
    };

    // Postman knows no range: the longest is told.
    private static MockAnswer.Delayed? Delay(DelaySpec? delay) => delay switch
    {
        { Preset: DelayPreset.TwoG } => new MockAnswer.Delayed { Preset = "1", Duration = 300 },
        { Preset: DelayPreset.ThreeG } => new MockAnswer.Delayed { Preset = "2", Duration = 100 },
        not null when DurationText.TryParse(delay.Fixed ?? delay.Max, out var time) => new MockAnswer.Delayed { Duration = (int)Math.Min(time.TotalMilliseconds, int.MaxValue) },
        _ => null,
    };
}
