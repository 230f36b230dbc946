namespace MockOperator.Kubernetes.Yaml;

/// <summary>A scalar.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Column">Its column.</param>
/// <param name="Value">Its text.</param>
/// <param name="Tag">Its tag, such as <c>tag:yaml.org,2002:str</c>; empty for none.</param>
/// <param name="IsPlain">Whether it stands without quotes, so that its text says what it is.</param>
public sealed record YamlText(long Line, long Column, string Value, string Tag, bool IsPlain) : YamlItem(Line, Column);
