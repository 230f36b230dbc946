using System.Text.Json;
using MockOperator.Cli.Manifests.Schemas;

namespace MockOperator.Cli.Manifests;

/// <summary>A Kubernetes object from a manifest.</summary>
/// <param name="Source">The file it comes from, for people.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace; <c>default</c> when it names none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Body">All of it.</param>
internal sealed record LocalObject(string Source, string Kind, string Namespace, string Name, JsonElement Body)
{
    /// <summary>The line of the file that a field of it stands in, from 1; null for what is in no file.</summary>
    public Func<FieldPath, long?> LineOf { get; init; } = static _ => null;

    /// <summary>The text of a field, whatever else is wrong with the object; null when there is no such text.</summary>
    public string? TextAt(params ReadOnlySpan<string> path)
    {
        JsonElement value = Body;
        foreach (string field in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(field, out value))
            {
                return null;
            }
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    /// <summary>Where problems with it are reported.</summary>
    public string Where => $"{Source}: {Kind} {Name}";

    /// <summary>Where problems with a field of it are reported.</summary>
    public string At(FieldPath field) => LineOf(field) is { } line ? $"{Source}:{line}: {Kind} {Name}" : Where;
}
