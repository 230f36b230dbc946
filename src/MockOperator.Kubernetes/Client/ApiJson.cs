using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using k8s;

namespace MockOperator.Kubernetes.Client;

/// <summary>The JSON rules of everything sent to and read from the API.</summary>
/// <remarks>
/// KubernetesClient's own rules (its times, enums, quantities; null is left out; unknown fields are ignored on read) with the caller's resolvers in front,
/// so that custom resources go through their source-generated contexts. Nothing is found by reflection, so that programs can be compiled ahead of time.
/// </remarks>
public static class ApiJson
{
    /// <summary>Deep enough for a Postman collection inside a custom resource; deeper input is refused with a clear error instead of a stack overflow.</summary>
    public const int MaxDepth = 256;

    /// <summary>Options with the given resolvers asked first.</summary>
    /// <param name="resolvers">Such as a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/>'s <c>Default</c>.</param>
    /// <returns>Options that can no longer be changed.</returns>
    public static JsonSerializerOptions Create(params IEnumerable<IJsonTypeInfoResolver> resolvers)
    {
        JsonSerializerOptions? options = null;
        // Configuring is the only way to see the package's options; they are copied, never changed.
        KubernetesJson.AddJsonOptions(theirs => options = new JsonSerializerOptions(theirs));
        options!.MaxDepth = MaxDepth;
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine([.. resolvers, options.TypeInfoResolver, PartialMetadataJson.Default]);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>How a type is read and written, without reflection.</summary>
    /// <typeparam name="T">A type that the package or one of the resolvers knows.</typeparam>
    /// <param name="options">Options that <see cref="Create"/> made.</param>
    /// <returns>Its rules.</returns>
    /// <exception cref="NotSupportedException">Nobody knows the type: name it in a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> and give that to <see cref="Create"/>.</exception>
    public static JsonTypeInfo<T> TypeOf<T>(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }
}
