using System.Text.Json;

namespace MockOperator.Runtime.Manifests;

/// <summary>A Kubernetes object from a manifest.</summary>
/// <param name="Source">The file it comes from, for people.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace; <c>default</c> when it names none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Body">All of it.</param>
internal sealed record LocalObject(string Source, string Kind, string Namespace, string Name, JsonElement Body)
{
    /// <summary>Where problems with it are reported.</summary>
    public string Where => $"{Source}: {Kind} {Name}";
}
