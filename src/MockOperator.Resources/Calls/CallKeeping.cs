using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>Which calls a pod remembers. No name is one that YAML 1.1 reads as something else.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CallKeeping>))]
public enum CallKeeping
{
    /// <summary>Every call, refused ones too. Not preflights and probes, which are nobody's calls.</summary>
    All,

    /// <summary>Those that no example answered: nothing fits, or the saved request that fits has no example.</summary>
    Unmatched,

    /// <summary>None.</summary>
    None,
}
