namespace MockOperator.Mocking.Templating.Requests;

/// <summary>A request helper: a value of the request, or its default when the request has none. Without a default that is nothing.</summary>
internal abstract class RequestPart(TemplatePart[] fallback) : TemplatePart
{
    public override bool ReadsBody => fallback.Any(static part => part.ReadsBody);

    public sealed override void Write(ref Utf8Sink sink, ref RenderContext context)
    {
        if (TryWrite(ref sink, ref context))
        {
            return;
        }

        foreach (TemplatePart part in fallback)
        {
            part.Write(ref sink, ref context);
        }
    }

    /// <summary>Writes the value.</summary>
    /// <returns>False when the request has none; then nothing was written.</returns>
    protected abstract bool TryWrite(ref Utf8Sink sink, ref RenderContext context);
}
