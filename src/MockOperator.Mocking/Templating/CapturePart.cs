using System.Text;

namespace MockOperator.Mocking.Templating;

/// <summary>A token that may be the name of a wildcard: its captured value, or the token itself when nothing was captured under the name.</summary>
internal sealed class CapturePart(string name) : TemplatePart
{
    private readonly string _trimmed = name.Trim();
    private readonly byte[] _token = Encoding.UTF8.GetBytes($"{{{{{name}}}}}");

    public override void Write(ref Utf8Sink sink, ref RenderContext context)
    {
        if ((context.Captures.Find(name) ?? context.Captures.Find(_trimmed)) is { } value)
        {
            sink.Write(value);
        }
        else
        {
            sink.WriteLiteral(_token);
        }
    }
}
