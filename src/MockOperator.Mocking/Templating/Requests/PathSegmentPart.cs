namespace MockOperator.Mocking.Templating.Requests;

/// <summary><c>{{$pathSegments '1'}}</c>, counted from 0 and percent-decoded.</summary>
internal sealed class PathSegmentPart(ObjectPath path, TemplatePart[] fallback) : RequestPart(fallback)
{
    private readonly int _index = path.Steps is [{ Index: var index }] ? index : -1;

    protected override bool TryWrite(ref Utf8Sink sink, ref RenderContext context)
    {
        ReadOnlySpan<char> target = context.Request.Target;
        int query = target.IndexOf('?');
        target = query < 0 ? target : target[..query];
        target = target.StartsWith('/') ? target[1..] : target;
        int index = 0;
        foreach (Range segment in target.Split('/'))
        {
            if (index++ == _index)
            {
                sink.Write(Uri.UnescapeDataString(target[segment]));
                return !target[segment].IsEmpty;
            }
        }

        return false;
    }
}
