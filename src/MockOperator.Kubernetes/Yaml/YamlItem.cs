namespace MockOperator.Kubernetes.Yaml;

/// <summary>A node of a YAML document, with its place.</summary>
/// <param name="Line">The line that it begins in, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public abstract record YamlItem(long Line, long Column);
