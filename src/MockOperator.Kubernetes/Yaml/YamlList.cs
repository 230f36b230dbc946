namespace MockOperator.Kubernetes.Yaml;

/// <summary>A sequence.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Column">Its column.</param>
/// <param name="Items">What it holds; an alias and what it stands for are the same object.</param>
public sealed record YamlList(long Line, long Column, IReadOnlyList<YamlItem> Items) : YamlItem(Line, Column);
