using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using k8s;
using k8s.Models;

namespace MockOperator.Kubernetes.Client;

/// <summary>The JSON rules of everything sent to and read from the API.</summary>
/// <remarks>
/// Those of KubernetesClient (its times and quantities; null is left out; unknown fields are ignored on read), for the types that the caller's resolvers know, and those that the toolkit itself uses.
/// The package's <see cref="SourceGenerationContext"/> knows all kinds of Kubernetes, and can be given like any other. A program that is compiled ahead of
/// time and names its kinds instead is ten megabytes smaller, and starts in half the time: types are laid out before its first line runs.
/// Nothing is found by reflection.
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
        var options = new JsonSerializerOptions
        {
            MaxDepth = MaxDepth,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            TypeInfoResolver = JsonTypeInfoResolver.Combine([.. resolvers, ToolkitJson.Default]),
            Converters = { new KubernetesJson.KubernetesDateTimeConverter(), new KubernetesJson.KubernetesDateTimeOffsetConverter() },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Options for programs that never ask which fields a manager owns: of <c>managedFields</c>, which are 40 % of an object, they read who wrote what part and when, and nothing of <c>fieldsV1</c>.</summary>
    /// <inheritdoc cref="Create"/>
    public static JsonSerializerOptions CreateWithoutOwnership(params IEnumerable<IJsonTypeInfoResolver> resolvers) =>
        Create([JsonTypeInfoResolver.Combine([.. resolvers, ToolkitJson.Default]).WithAddedModifier(LeaveOutOwnership)]);

    private static void LeaveOutOwnership(JsonTypeInfo type)
    {
        if (type.Type == typeof(V1ManagedFieldsEntry))
            type.Properties.Remove(type.Properties.Single(static property => property.Name == "fieldsV1"));
    }

    /// <summary>How a type is read and written, without reflection.</summary>
    /// <typeparam name="T">A type that the toolkit or one of the resolvers knows.</typeparam>
    /// <param name="options">Options that <see cref="Create"/> made.</param>
    /// <returns>Its rules.</returns>
    /// <exception cref="NotSupportedException">Nobody knows the type: name it in a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> and give that to <see cref="Create"/>.</exception>
    public static JsonTypeInfo<T> TypeOf<T>(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }
}
