using System.Text;
using k8s.Models;

namespace MockOperator.Client.Documents;

/// <summary>The name for people that Collections and environments have in an annotation, since an object's own name holds few characters.</summary>
public static class DisplayName
{
    /// <summary>The annotation.</summary>
    public const string Annotation = "mockoperator.dev/display-name";

    /// <summary>Most characters that are kept of a name.</summary>
    public const int Longest = 256;

    /// <summary>Reads it.</summary>
    /// <param name="metadata">Of the object.</param>
    /// <returns>The name for people; the object's own when it has none.</returns>
    public static string Of(V1ObjectMeta metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return metadata.Annotations is { } annotations && annotations.TryGetValue(Annotation, out var name) && name.Length > 0 ? name : metadata.Name;
    }

    /// <summary>Makes a name fit to be shown on a line: without control characters, and cut.</summary>
    /// <param name="name">Whatever a document calls itself.</param>
    /// <returns>The name; perhaps empty.</returns>
    public static string Fit(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var fit = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (fit.Length + rune.Utf16SequenceLength > Longest)
                break;
            fit.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return fit.ToString().Trim();
    }

    /// <summary>The annotations of an object that is called so; null for a name without characters.</summary>
    internal static Dictionary<string, string>? Annotations(string name) =>
        Fit(name) is { Length: > 0 } fit ? new Dictionary<string, string>(StringComparer.Ordinal) { [Annotation] = fit } : null;
}
