namespace MockOperator.Cli.Manifests;

/// <summary>A sequence.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Column">Its column.</param>
/// <param name="Items">What it holds; an alias and what it stands for are the same object.</param>
internal sealed record YamlList(long Line, long Column, IReadOnlyList<YamlItem> Items) : YamlItem(Line, Column);
