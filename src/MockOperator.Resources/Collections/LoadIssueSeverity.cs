using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>How bad a load issue is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LoadIssueSeverity>))]
public enum LoadIssueSeverity
{
    /// <summary>Served, but perhaps not as expected.</summary>
    Warning,

    /// <summary>The place named is not served.</summary>
    Skipped,

    /// <summary>Nothing of the document is served.</summary>
    Fatal,
}
