using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Kinds;

/// <summary>What lists tell of the desired state of a mock. Members are as in <see cref="MockServerSpec"/>.</summary>
public sealed record ListedMockSpec
{
    /// <inheritdoc cref="MockServerSpec.DisplayName"/>
    public string? DisplayName { get; private set; }

    /// <inheritdoc cref="MockServerSpec.CollectionRef"/>
    public CollectionReference? CollectionRef { get; private set; }

    /// <inheritdoc cref="MockServerSpec.Environment"/>
    public EnvironmentSpec? Environment { get; private set; }

    /// <inheritdoc cref="MockServerSpec.Private"/>
    public bool? Private { get; private set; }

    /// <inheritdoc cref="MockServerSpec.Matching"/>
    public MatchingSpec? Matching { get; private set; }

    /// <inheritdoc cref="MockServerSpec.Delay"/>
    public DelaySpec? Delay { get; private set; }

    /// <inheritdoc cref="MockServerSpec.ActiveServerResponse"/>
    public string? ActiveServerResponse { get; private set; }

    /// <inheritdoc cref="MockServerSpec.Replicas"/>
    public int? Replicas { get; private set; }

    /// <summary>The same of a spec that was read whole.</summary>
    internal static ListedMockSpec Of(MockServerSpec spec) => new()
    {
        DisplayName = spec.DisplayName,
        CollectionRef = spec.CollectionRef,
        Environment = spec.Environment,
        Private = spec.Private,
        Matching = spec.Matching,
        Delay = spec.Delay,
        ActiveServerResponse = spec.ActiveServerResponse,
        Replicas = spec.Replicas,
    };

    /// <summary>Reads one.</summary>
    internal static ListedMockSpec? Read(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (!reader.Enters())
            return null;
        var spec = new ListedMockSpec();
        while (reader.IsAtMember())
        {
            if (reader.IsValueOf("displayName"u8))
                spec.DisplayName = reader.GetString();
            else if (reader.IsValueOf("collectionRef"u8))
                spec.CollectionRef = ReadReference(ref reader);
            else if (reader.IsValueOf("environment"u8))
                spec.Environment = reader.Whole<EnvironmentSpec>(options);
            else if (reader.IsValueOf("private"u8))
                spec.Private = reader.Truth();
            else if (reader.IsValueOf("matching"u8))
                spec.Matching = reader.Whole<MatchingSpec>(options);
            else if (reader.IsValueOf("delay"u8))
                spec.Delay = reader.Whole<DelaySpec>(options);
            else if (reader.IsValueOf("activeServerResponse"u8))
                spec.ActiveServerResponse = reader.GetString();
            else if (reader.IsValueOf("replicas"u8))
                spec.Replicas = reader.Number();
            else
                reader.PassOver();
        }

        return spec;
    }

    private static CollectionReference? ReadReference(ref Utf8JsonReader reader) =>
        reader.NameAndVersion() is var (name, version) ? new CollectionReference { Name = name, Version = version } : null;
}
