namespace MockOperator.Mocking.Templating;

/// <summary>Text that is the same in every answer.</summary>
internal sealed class LiteralPart(byte[] utf8) : TemplatePart
{
    public ReadOnlyMemory<byte> Utf8 => utf8;

    public override void Write(ref Utf8Sink sink, ref RenderContext context) => sink.WriteLiteral(utf8);
}
