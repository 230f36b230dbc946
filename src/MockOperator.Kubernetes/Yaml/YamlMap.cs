namespace MockOperator.Kubernetes.Yaml;

/// <summary>A mapping, its merge keys followed.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Column">Its column.</param>
/// <param name="Entries">Its entries by name, in order.</param>
public sealed record YamlMap(long Line, long Column, OrderedDictionary<string, YamlEntry> Entries) : YamlItem(Line, Column);
