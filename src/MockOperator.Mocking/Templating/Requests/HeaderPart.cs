namespace MockOperator.Mocking.Templating.Requests;

/// <summary><c>{{$headers 'name'}}</c>. The header that carries a mock's key is never shown.</summary>
internal sealed class HeaderPart(ObjectPath path, TemplatePart[] fallback) : RequestPart(fallback)
{
    private readonly string _name = path.Text.Trim();

    protected override bool TryWrite(ref Utf8Sink sink, ref RenderContext context)
    {
        if (_name.Equals(context.WithheldHeader, StringComparison.OrdinalIgnoreCase)
            || !context.Request.Headers.TryGetValue(_name, out string? value))
        {
            return false;
        }

        sink.Write(value);
        return true;
    }
}
