using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>What a pod does with calls when it has spent what it was granted and the operator does not answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExhaustedGrant>))]
public enum ExhaustedGrant
{
    /// <summary>It refuses them: the limit is never exceeded.</summary>
    Refuse,

    /// <summary>It answers them and tells of them later: mocks outlive a long absence of the operator, and the limit may be exceeded.</summary>
    Allow,
}
