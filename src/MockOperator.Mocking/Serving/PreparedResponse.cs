using System.Buffers;
using System.Collections.Immutable;
using MockOperator.Mocking.Matching;
using MockOperator.Mocking.Templating;

namespace MockOperator.Mocking.Serving;

/// <summary>An answer, ready to send: what does not depend on the request is encoded already.</summary>
public sealed class PreparedResponse
{
    private readonly Template? _template;

    internal PreparedResponse(int status, string? reasonPhrase, ImmutableArray<PreparedHeader> headers, ReadOnlyMemory<byte> body, Template? template)
    {
        Status = status;
        ReasonPhrase = reasonPhrase;
        Headers = headers;
        Body = body;
        _template = template;
        IsBodyStatic = template is null;
        ReadsBody = template is { ReadsBody: true } || headers.Any(static header => header.ReadsBody);
        TellsLimits = headers.Any(static header => header.Name.Contains("RateLimit", StringComparison.OrdinalIgnoreCase));
        IsStatic = IsBodyStatic && headers.All(static header => header.Value is not null);
    }

    /// <summary>HTTP status, 200 to 599.</summary>
    public int Status { get; }

    /// <summary>Reason phrase; null for the usual one. Never holds CR, LF or NUL.</summary>
    public string? ReasonPhrase { get; }

    /// <summary>Headers in order, <c>Set-Cookie</c> repeated as often as the example has it, with a <c>Content-Type</c> whenever there is a body.</summary>
    public ImmutableArray<PreparedHeader> Headers { get; }

    /// <summary>Whether every request gets the same bytes.</summary>
    public bool IsStatic { get; }

    /// <summary>Whether every request gets the same body.</summary>
    public bool IsBodyStatic { get; }

    /// <summary>Whether rendering the body or a header looks into the request body.</summary>
    public bool ReadsBody { get; }

    /// <summary>Whether a header of the example may tell of a rate limit: then it is that which a caller is told. Few do, and a host that has limits need not look for such headers in the others.</summary>
    public bool TellsLimits { get; }

    /// <summary>Whether the status allows a body: not 204, 205 or 304 (RFC 9110 §6.4.1). A response to HEAD has none either.</summary>
    public bool AllowsBody => AnswerReader.AllowsBody(Status);

    /// <summary>Number of tokens in the body that are rendered per request, 0 when <see cref="IsBodyStatic"/>: what rendering costs.</summary>
    public int TokenCount => _template?.TokenCount ?? 0;

    /// <summary>The body when <see cref="IsBodyStatic"/>, otherwise empty.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Position of the example among those that are served, from 0; -1 for the server response.</summary>
    public int ExampleIndex { get; internal set; } = -1;

    /// <summary>Id of the example; empty for the server response.</summary>
    public string ExampleId => Example?.Id ?? "";

    /// <summary>Name of the example; empty for the server response.</summary>
    public string ExampleName => Example?.Name ?? "";

    /// <summary>Where the example stands in its document; empty for the server response. Written out whenever it is asked for.</summary>
    public string ExamplePath => Example?.Path ?? "";

    /// <summary>Names the example; null for the server response.</summary>
    internal ExampleIdentity? Example { get; init; }

    /// <summary>Delay of the example in milliseconds; null when it has none of its own.</summary>
    internal int? DelayMilliseconds { get; init; }

    /// <summary>Writes the body for one request.</summary>
    public void WriteBody(IBufferWriter<byte> output, ref RenderContext context)
    {
        if (_template is null)
        {
            output.Write(Body.Span);
        }
        else
        {
            _template.Render(output, ref context);
        }
    }
}
