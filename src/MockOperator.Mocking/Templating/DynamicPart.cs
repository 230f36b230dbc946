using MockOperator.Mocking.Templating.Dynamic;

namespace MockOperator.Mocking.Templating;

/// <summary>A dynamic variable: a new value for each occurrence and each answer.</summary>
internal sealed class DynamicPart(DynamicValue value) : TemplatePart
{
    public override void Write(ref Utf8Sink sink, ref RenderContext context) => value(ref sink, ref context);
}
