namespace MockOperator.Kubernetes.Yaml;

/// <summary>An entry of a mapping.</summary>
/// <param name="Line">The line of its key.</param>
/// <param name="Value">Its value.</param>
public readonly record struct YamlEntry(long Line, YamlItem Value);
