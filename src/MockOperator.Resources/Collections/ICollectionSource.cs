using System.Text.Json;

namespace MockOperator.Resources;

/// <summary>
/// Where examples come from: exactly one of <see cref="Postman"/>, <see cref="Examples"/> and <see cref="ConfigMapKeyRef"/>.
/// </summary>
public interface ICollectionSource
{
    /// <summary>A Postman collection (v2.1, v2.0 or v1) as exported, as an inline object.</summary>
    JsonElement? Postman { get; }

    /// <summary>Examples in the native form.</summary>
    IReadOnlyList<ExampleSpec>? Examples { get; }

    /// <summary>A Postman collection, as exported, in a key of a ConfigMap.</summary>
    ContentReference? ConfigMapKeyRef { get; }
}
