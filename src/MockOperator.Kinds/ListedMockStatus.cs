using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Kinds;

/// <summary>What lists tell of the observed state of a mock. Members are as in <see cref="MockServerStatus"/>.</summary>
public sealed record ListedMockStatus
{
    /// <inheritdoc cref="MockServerStatus.ObservedGeneration"/>
    public long? ObservedGeneration { get; private set; }

    /// <inheritdoc cref="MockServerStatus.Conditions"/>
    public IReadOnlyList<ListedCondition>? Conditions { get; private set; }

    /// <inheritdoc cref="MockServerStatus.Url"/>
    public string? Url { get; private set; }

    /// <inheritdoc cref="MockServerStatus.ExternalUrl"/>
    public string? ExternalUrl { get; private set; }

    /// <inheritdoc cref="MockServerStatus.Collection"/>
    public ServedCollection? Collection { get; private set; }

    /// <inheritdoc cref="MockServerStatus.ExampleCount"/>
    public int? ExampleCount { get; private set; }

    /// <inheritdoc cref="MockServerStatus.Replicas"/>
    public int? Replicas { get; private set; }

    /// <inheritdoc cref="MockServerStatus.ReadyReplicas"/>
    public int? ReadyReplicas { get; private set; }

    /// <inheritdoc cref="MockCallsStatus.Answered"/>
    public long? CallsAnswered { get; private set; }

    /// <summary>The same of a status that was read whole.</summary>
    internal static ListedMockStatus Of(MockServerStatus status) => new()
    {
        ObservedGeneration = status.ObservedGeneration,
        Conditions = status.Conditions is { } conditions ? [.. conditions.Select(static condition => new ListedCondition(condition.Type, condition.Status, condition.Reason, condition.Message))] : null,
        Url = status.Url,
        ExternalUrl = status.ExternalUrl,
        Collection = status.Collection,
        ExampleCount = status.ExampleCount,
        Replicas = status.Replicas,
        ReadyReplicas = status.ReadyReplicas,
        CallsAnswered = status.Calls?.Answered,
    };

    /// <summary>Reads one.</summary>
    internal static ListedMockStatus? Read(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (!reader.Enters())
            return null;
        var status = new ListedMockStatus();
        while (reader.IsAtMember())
        {
            if (reader.IsValueOf("observedGeneration"u8))
                status.ObservedGeneration = reader.LongNumber();
            else if (reader.IsValueOf("conditions"u8))
                status.Conditions = ReadConditions(ref reader, options);
            else if (reader.IsValueOf("url"u8))
                status.Url = reader.GetString();
            else if (reader.IsValueOf("externalUrl"u8))
                status.ExternalUrl = reader.GetString();
            else if (reader.IsValueOf("collection"u8))
                status.Collection = ReadCollection(ref reader);
            else if (reader.IsValueOf("exampleCount"u8))
                status.ExampleCount = reader.Number();
            else if (reader.IsValueOf("replicas"u8))
                status.Replicas = reader.Number();
            else if (reader.IsValueOf("readyReplicas"u8))
                status.ReadyReplicas = reader.Number();
            else if (reader.IsValueOf("calls"u8))
                status.CallsAnswered = ReadCalls(ref reader);
            else
                reader.PassOver();
        }

        return status;
    }

    private static List<ListedCondition>? ReadConditions(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (!reader.EntersArray())
            return null;
        var conditions = new List<ListedCondition>();
        while (reader.IsAtElement())
        {
            if (ListedCondition.Read(ref reader, options) is { } condition)
                conditions.Add(condition);
        }

        return conditions;
    }

    private static ServedCollection? ReadCollection(ref Utf8JsonReader reader) =>
        reader.NameAndVersion() is var (name, version) ? new ServedCollection { Name = name, Version = version } : null;

    private static long? ReadCalls(ref Utf8JsonReader reader)
    {
        if (!reader.Enters())
            return null;
        var answered = 0L;
        while (reader.IsAtMember())
        {
            if (reader.IsValueOf("answered"u8))
                answered = reader.GetInt64();
            else
                reader.PassOver();
        }

        return answered;
    }
}
