using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>What a caller may learn about examples that did not answer. No name is one that YAML 1.1 reads as something else.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExplainMode>))]
public enum ExplainMode
{
    /// <summary>Everything: a 404 names the nearest examples, and <c>x-mock-explain: true</c> gives the table of all scores.</summary>
    All,

    /// <summary>A 404 names the nearest examples; <c>x-mock-explain</c> is a header like any other.</summary>
    Errors,

    /// <summary>Nothing: a 404 says no more than that nothing matched.</summary>
    None,
}
