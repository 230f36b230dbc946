namespace MockOperator.PostmanApi.Answers;

/// <summary>Names a environment that was written.</summary>
internal sealed record NamedEnvironment(Named Environment);
