using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>What is remembered of the bodies of a call and of its answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CallBodies>))]
public enum CallBodies
{
    /// <summary>All of it, up to a quarter of <see cref="CallLogSpec.Bytes"/>.</summary>
    Full,

    /// <summary>The first 4 KiB.</summary>
    Truncated,

    /// <summary>The length alone.</summary>
    None,
}
