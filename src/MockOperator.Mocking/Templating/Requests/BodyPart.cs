namespace MockOperator.Mocking.Templating.Requests;

/// <summary><c>{{$body}}</c>, the whole body as it was sent, and <c>{{$body 'path'}}</c>, a value inside it.</summary>
internal sealed class BodyPart(ObjectPath path, TemplatePart[] fallback) : RequestPart(fallback)
{
    public override bool ReadsBody => true;

    protected override bool TryWrite(ref Utf8Sink sink, ref RenderContext context)
    {
        if (path.Steps.Length > 0)
        {
            return context.ReadBody().TryWrite(path, ref sink);
        }

        sink.Write(context.Request.Body.Span);
        return !context.Request.Body.IsEmpty;
    }
}
