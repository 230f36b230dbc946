using System.Net;
using Microsoft.AspNetCore.Http.Features;
using MockOperator.Mocking.Serving;
using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Connections;
using MockOperator.Runtime.Content;
using MockOperator.Runtime.Headers;
using MockOperator.Runtime.Memory;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;
using MockOperator.Runtime.Quotas;

namespace MockOperator.Runtime.Requests;

/// <summary>
/// One request and its answer, as the stages of <see cref="MockApplication"/> hand it on. Kestrel keeps one per connection, so a request costs no
/// allocation here; nothing of a request outlives <see cref="End"/>.
/// </summary>
internal sealed class MockExchange(HeldMemory memory, SlowReaders slowReaders, RefusalWriter? connection, ConnectionSeat? seat)
{
    private bool _wasRemembered;
    private HeaderMemo? _sent;
    private HeaderMemo? _got;

    /// <summary>The request line and headers.</summary>
    public IHttpRequestFeature Request { get; private set; } = null!;

    /// <summary>Status and headers of the answer.</summary>
    public IHttpResponseFeature Response { get; private set; } = null!;

    /// <summary>Body of the answer.</summary>
    public IHttpResponseBodyFeature ResponseBody { get; private set; } = null!;

    /// <summary>Everything else that Kestrel offers.</summary>
    public IFeatureCollection Features { get; private set; } = null!;

    /// <summary>The headers, as the engine asks for them.</summary>
    public RequestHeaders Headers { get; } = new();

    /// <summary>The body, once it has been read.</summary>
    public RequestBody Body { get; } = new(memory.Requests);

    /// <summary>Path and query, not decoded.</summary>
    public string Target { get; set; } = "";

    /// <summary>The mock that was called; null before it is known.</summary>
    public HostedMock? Mock { get; set; }

    /// <summary>What it serves; stays the same for the whole request.</summary>
    public MockContent? Content { get; set; }

    /// <summary>Whether this is a preflight, which is nobody's call and is not counted.</summary>
    public bool IsPreflight { get; set; }

    /// <summary>What the call took of the limits of its mock; null on a connection without a call of such a mock.</summary>
    public CallPass? Pass { get; set; }

    /// <summary>Address of the caller, or of the proxy in front of it; null when it is not known.</summary>
    public IPAddress? Client => Features.Get<IHttpConnectionFeature>()?.RemoteIpAddress;

    /// <summary>Name of the key by which the caller was admitted; null without one.</summary>
    public string? KeyName { get; set; }

    /// <summary>For a call that nothing matched, the nearest examples; null while they are not known.</summary>
    public IReadOnlyList<ExplainedExample>? Nearest { get; set; }

    /// <summary>The number of the call in the journal of its mock; 0 while it is not there.</summary>
    public long Remembered { get; set; }

    /// <summary>How the request ends, for the metrics.</summary>
    public RequestOutcome Outcome { get; set; }

    /// <summary>Index of the example that is sent; -1 while there is none.</summary>
    public int Example { get; set; }

    /// <summary>Bytes of the body. One that nobody looks at is read by the server alone, which says nothing of it; then what was announced has come.</summary>
    public long ReceivedBytes => Body.BytesRead > 0 ? Body.BytesRead
        : Outcome is RequestOutcome.Aborted or RequestOutcome.Rejected ? 0
        : Request.Headers.ContentLength ?? 0;

    /// <summary>Whether the answer may tell of limits by itself.</summary>
    public bool TellsLimits { get; set; }

    /// <summary>What the answer tells of limits in lines that are not among its headers (<see cref="RawHeaders"/>); null for nothing.</summary>
    public LimitHeaders? LimitLines { get; set; }

    /// <summary>Bytes of the answer's body.</summary>
    public long Sent { get; set; }

    /// <summary>Timestamp of the start.</summary>
    public long Started { get; private set; }

    /// <summary>Delay that was injected.</summary>
    public TimeSpan Delayed { get; set; }

    /// <summary>Fires when the client leaves.</summary>
    public CancellationToken Aborted => Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;

    /// <summary>The answer, where one is made for this request.</summary>
    public ResponsePages Scratch { get; } = new(memory.Responses);

    /// <summary>Those who do not read their answers.</summary>
    public SlowReaders SlowReaders => slowReaders;

    /// <summary>The memos for the headers of the call and of its answer, from the second call on that is remembered: who calls once pays for none.</summary>
    public (HeaderMemo? Sent, HeaderMemo? Got) NextMemos()
    {
        if (_wasRemembered)
        {
            _sent ??= new HeaderMemo();
            _got ??= new HeaderMemo();
        }

        _wasRemembered = true;
        return (_sent, _got);
    }

    /// <summary>Begins a request.</summary>
    public void Begin(IFeatureCollection features, long timestamp)
    {
        if (Features != features)
        {
            // They stay the same for the requests of a connection.
            Features = features;
            Request = features.GetRequiredFeature<IHttpRequestFeature>();
            Response = features.GetRequiredFeature<IHttpResponseFeature>();
            ResponseBody = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        }

        Headers.Attach(Request.Headers);
        Outcome = RequestOutcome.Error;
        IsPreflight = false;
        Example = -1;
        Remembered = 0;
        TellsLimits = false;
        LimitLines = null;
        Sent = 0;
        Started = timestamp;
        Delayed = TimeSpan.Zero;
        if (connection is not null)
        {
            connection.IsAnswering = true;
        }

        seat?.Head.Close();
    }

    /// <summary>Gives back the memory of the body but what the journal wants of it: it may be long until the answer is sent, or read.</summary>
    public void LetGoOfBody() => Body.Release(Mock?.Journal?.Settings.BodyBytes ?? 0);

    /// <summary>Lets go of everything that belongs to the request.</summary>
    public void End()
    {
        if (connection is not null)
        {
            connection.IsAnswering = false;
        }

        seat?.Head.Reopen();
        Headers.Attach(null);
        Body.Release();
        Body.BytesRead = 0;
        Mock = null;
        Content = null;
        KeyName = null;
        Nearest = null;
        Target = "";
        Scratch.Clear();
    }
}
