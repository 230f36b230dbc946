namespace MockOperator.Mocking.Templating.Requests;

/// <summary><c>{{$queryParams 'key'}}</c>, decoded.</summary>
internal sealed class QueryPart(ObjectPath path, TemplatePart[] fallback) : RequestPart(fallback)
{
    protected override bool TryWrite(ref Utf8Sink sink, ref RenderContext context)
    {
        if (context.ReadQuery().Find(path) is not { } value)
        {
            return false;
        }

        sink.Write(value);
        return true;
    }
}
