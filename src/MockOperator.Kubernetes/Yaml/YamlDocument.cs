using System.Globalization;

namespace MockOperator.Kubernetes.Yaml;

/// <summary>A document of a YAML file.</summary>
/// <param name="Root">What it is made of.</param>
/// <param name="Json">The same as JSON.</param>
public sealed record YamlDocument(YamlItem Root, ReadOnlyMemory<byte> Json)
{
    /// <summary>The line that a field stands in; that of what is nearest above it when it is not there.</summary>
    /// <param name="path">Names and indexes, from the root on.</param>
    public long LineOf(IEnumerable<string> path)
    {
        long line = Root.Line;
        YamlItem? item = Root;
        foreach (string step in path)
        {
            switch (item)
            {
                case YamlMap map when map.Entries.TryGetValue(step, out YamlEntry entry):
                    (line, item) = (entry.Line, entry.Value);
                    break;
                case YamlList list when int.TryParse(step, CultureInfo.InvariantCulture, out int index) && index >= 0 && index < list.Items.Count:
                    item = list.Items[index];
                    line = item.Line;
                    break;
                default:
                    return line;
            }
        }

        return line;
    }
}
