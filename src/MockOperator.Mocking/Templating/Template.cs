using System.Buffers;
using System.Text;

namespace MockOperator.Mocking.Templating;

/// <summary>
/// Text with <c>{{tokens}}</c>, taken apart once when a plan is compiled and rendered per request. Variables of the environment and the
/// collection are resolved when it is parsed; captures, dynamic variables and request helpers remain. Immutable and thread-safe.
/// </summary>
public sealed class Template
{
    private readonly TemplatePart[] _parts;

    private Template(TemplatePart[] parts)
    {
        _parts = parts;
        ReadsBody = parts.Any(static part => part.ReadsBody);
        TokenCount = parts.Count(static part => part is not LiteralPart);
        if (parts is [])
        {
            IsStatic = true;
        }
        else if (parts is [LiteralPart literal])
        {
            IsStatic = true;
            Utf8 = literal.Utf8;
        }
    }

    /// <summary>Whether nothing is left to render: every answer has the same text.</summary>
    public bool IsStatic { get; }

    /// <summary>Whether rendering may look at the body of the request (<c>{{$body}}</c>). If not, the body need not be read.</summary>
    public bool ReadsBody { get; }

    /// <summary>Number of tokens that are rendered per request: what rendering costs.</summary>
    public int TokenCount { get; }

    /// <summary>The whole text as UTF-8 when <see cref="IsStatic"/>; empty otherwise.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Takes a text apart. Never fails: what is not a token is text.</summary>
    /// <param name="text">The text as saved.</param>
    /// <param name="variables">Environment and scopes of the example.</param>
    /// <param name="captureNames">
    /// Names of the wildcards in the example's URL. A name that is neither a variable nor among them is plain text, so that the template can be
    /// static. Null when they are not known: then every undefined name may turn out to be a capture.
    /// </param>
    public static Template Parse(string text, VariableResolver variables, IReadOnlySet<string>? captureNames = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(variables);
        return new Template(new TemplateParser(variables, captureNames).Parse(variables.Resolve(text)));
    }

    /// <summary>Writes the text for one request, as UTF-8.</summary>
    public void Render(IBufferWriter<byte> output, ref RenderContext context) => Render(output, isHeader: false, ref context);

    /// <summary>
    /// Writes the text as a header value (RFC 9110 §5.5). Only visible ASCII, spaces and tabs get through: a control character (CR, LF and NUL
    /// among them) becomes a space, and what is beyond ASCII is percent-encoded as UTF-8. Static templates go the same way.
    /// </summary>
    public void RenderHeader(IBufferWriter<byte> output, ref RenderContext context) => Render(output, isHeader: true, ref context);

    /// <summary>As <see cref="RenderHeader(IBufferWriter{byte}, ref RenderContext)"/>, as a string without spaces at its ends.</summary>
    public string RenderHeader(ref RenderContext context)
    {
        ArrayBufferWriter<byte> output = new();
        RenderHeader(output, ref context);
        return Encoding.ASCII.GetString(output.WrittenSpan.Trim(" \t"u8));
    }

    private void Render(IBufferWriter<byte> output, bool isHeader, ref RenderContext context)
    {
        ref long remaining = ref isHeader ? ref context.RemainingInHeaders : ref context.Remaining;
        Utf8Sink sink = new(output, isHeader, remaining);
        foreach (TemplatePart part in _parts)
        {
            part.Write(ref sink, ref context);
        }

        sink.Flush();
        remaining = sink.Remaining;
    }
}
