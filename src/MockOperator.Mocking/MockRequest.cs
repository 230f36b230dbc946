namespace MockOperator.Mocking;

/// <summary>A call of a mock, as it came over the wire. Lives as long as the call; nothing of it is kept.</summary>
public readonly ref struct MockRequest
{
    /// <summary>Describes a call.</summary>
    /// <param name="method">HTTP method, in any case.</param>
    /// <param name="target">Raw target, not decoded: <c>/users/1?page=2</c>.</param>
    /// <param name="headers">Headers.</param>
    /// <param name="body">The whole body; empty when there is none or <see cref="Serving.MockPlan.NeedsBody"/> said that it is not needed.</param>
    public MockRequest(string method, string target, IRequestHeaders headers, ReadOnlyMemory<byte> body = default)
    {
        Method = method;
        Target = target;
        Headers = headers;
        Body = body;
    }

    /// <summary>HTTP method, in any case.</summary>
    public string Method { get; }

    /// <summary>Path and query as on the wire, percent-encoding included.</summary>
    public string Target { get; }

    /// <summary>Headers.</summary>
    public IRequestHeaders Headers { get; }

    /// <summary>The whole body, decoded from its transfer coding; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The <c>Content-Type</c> header; null when there is none.</summary>
    public string? ContentType => Headers.TryGetValue("Content-Type", out string? value) ? value : null;
}
