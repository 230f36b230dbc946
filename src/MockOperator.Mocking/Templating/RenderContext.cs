using MockOperator.Mocking.Templating.Requests;

namespace MockOperator.Mocking.Templating;

/// <summary>
/// What the templates of one answer are filled from: the request, the captures of its match, chance and time. One context serves all header
/// values and the body of an answer, so that its limit counts them together and the request body is parsed once at most.
/// </summary>
public ref struct RenderContext
{
    /// <summary>
    /// Bytes that substituted values may add to one body: 16 MiB. A value that would pass it is left out, as are all after it; literal text is
    /// always written. Without a limit, a template with many <c>{{$body}}</c> would multiply every byte that a client sends.
    /// </summary>
    public const long MaxSubstitutedBytes = 16L * 1024 * 1024;

    /// <summary>
    /// Bytes, as they are sent, that substituted values may add to all headers of one answer: 8 KiB, what a client takes at least. What would pass it is
    /// left out as in a body.
    /// </summary>
    public const long MaxSubstitutedHeaderBytes = 8L * 1024;

    private readonly TimeProvider _time;
    private DateTimeOffset? _now;
    private RequestBody? _body;
    private NamedValues? _query;

    /// <summary>A context for one answer. The header <c>x-mock-seed</c> of the request wins over the seed of <paramref name="values"/>.</summary>
    /// <param name="request">The request that is answered.</param>
    /// <param name="captures">What the wildcards of the chosen example stand for.</param>
    /// <param name="values">Chance and time.</param>
    public RenderContext(MockRequest request, Captures captures, ValueSource values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Request = request;
        Captures = captures;
        _time = values.Time;
        Random = values.Open(request.Headers);
        Remaining = MaxSubstitutedBytes;
        RemainingInHeaders = MaxSubstitutedHeaderBytes;
    }

    /// <summary>The request that is answered.</summary>
    public MockRequest Request { get; }

    /// <summary>What the wildcards of the chosen example stand for.</summary>
    public Captures Captures { get; }

    /// <summary>
    /// Name of a header that <c>{{$headers}}</c> never shows, because it carries the key of a private mock; null when there is none.
    /// </summary>
    public string? WithheldHeader { get; init; }

    /// <summary>Whether a value was left out because of <see cref="MaxSubstitutedBytes"/> or <see cref="MaxSubstitutedHeaderBytes"/>.</summary>
    public readonly bool IsCut => Remaining < 0 || RemainingInHeaders < 0;

    /// <summary>Bytes that may still be substituted in the body; negative once a value was left out.</summary>
    internal long Remaining;

    /// <summary>Bytes that may still be substituted in the headers; negative once a value was left out.</summary>
    internal long RemainingInHeaders;

    /// <summary>The stream of this answer.</summary>
    internal RandomStream Random;

    /// <summary>The time of this answer in UTC: read once, so that all values of one body agree.</summary>
    internal DateTimeOffset Now => _now ??= _time.GetUtcNow();

    /// <summary>The body, taken apart when it is first asked for.</summary>
    internal RequestBody ReadBody() => _body ??= RequestBody.Read(Request.Body, Request.ContentType);

    /// <summary>The query, taken apart when it is first asked for.</summary>
    internal NamedValues ReadQuery()
    {
        if (_query is null)
        {
            ReadOnlySpan<char> target = Request.Target;
            int mark = target.IndexOf('?');
            _query = NamedValues.FromUrlEncoded(mark < 0 ? [] : target[(mark + 1)..]);
        }

        return _query;
    }
}
