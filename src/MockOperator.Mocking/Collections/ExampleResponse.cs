using System.Collections.Immutable;

namespace MockOperator.Mocking.Collections;

/// <summary>The answer saved in an example.</summary>
public sealed record ExampleResponse
{
    /// <summary>HTTP status, 200 to 599.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Reason phrase; null for the usual one.</summary>
    public string? ReasonPhrase { get; init; }

    /// <summary>Enabled headers, in order, repeated ones included; those that describe the recorded connection are already left out.</summary>
    public ImmutableArray<Field> Headers { get; init; } = [];

    /// <summary>
    /// Body text in UTF-8, with its <c>{{variables}}</c>; null when there is none or it is binary. Bytes and no string, because that is what is sent: most bodies
    /// have no variables, and a plan takes them as they are.
    /// </summary>
    public ReadOnlyMemory<byte>? Text { get; init; }

    /// <summary>Binary body, served as it is; null when there is none or it is text.</summary>
    public ReadOnlyMemory<byte>? Binary { get; init; }

    /// <summary>The editor's language (<c>json</c>, <c>xml</c>, <c>html</c> …), from which a missing Content-Type is derived.</summary>
    public string? PreviewLanguage { get; init; }

    /// <summary>Delay instead of the mock's own, 0 to 180,000 ms; an extension.</summary>
    public int? DelayMilliseconds { get; init; }
}
