namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Writes one value of a dynamic variable: a new one for each occurrence in a template.</summary>
internal delegate void DynamicValue(ref Utf8Sink sink, ref RenderContext context);
