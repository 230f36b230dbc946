using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;
using MockOperator.Mocking;

namespace MockOperator.Runtime.Requests;

/// <summary>Kestrel's headers, as the engine asks for them. One per connection, pointed at the request that is served.</summary>
internal sealed class RequestHeaders : IRequestHeaders
{
    private IHeaderDictionary? _headers;
    private bool? _mayChoose;

    /// <inheritdoc/>
    public bool MayChoose => _mayChoose ??= _headers is not null && !HasOnlyCommon(_headers);

    /// <summary>Points at the headers of a request; null afterwards.</summary>
    public void Attach(IHeaderDictionary? headers)
    {
        _headers = headers;
        _mayChoose = null;
    }

    /// <inheritdoc/>
    public bool TryGetValue(string name, [NotNullWhen(true)] out string? value)
    {
        if (_headers is null || !_headers.TryGetValue(name, out StringValues values) || values.Count == 0)
        {
            value = null;
            return false;
        }

        value = values.Count == 1 ? values[0] ?? "" : string.Join(", ", values.ToArray());
        return true;
    }

    /// <summary>
    /// Whether a request has none but the headers of ordinary clients, so that none of ours is among them. Kestrel keeps those as fields: counting them takes less
    /// than to look for one of ours. The most usual come first, and nothing is looked at once all headers of the request are known.
    /// </summary>
    private static bool HasOnlyCommon(IHeaderDictionary headers)
    {
        int others = headers.Count;
        return (others -= One(headers.Host)) == 0
            || (others -= One(headers.UserAgent)) == 0
            || (others -= One(headers.Accept)) == 0
            || (others -= One(headers.AcceptEncoding)) == 0
            || (others -= One(headers.Connection)) == 0
            || (others -= One(headers.ContentType)) == 0
            || (others -= headers.ContentLength is null ? 0 : 1) == 0
            || (others -= One(headers.AcceptLanguage)) == 0
            || (others -= One(headers.Origin)) == 0
            || (others -= One(headers.Referer)) == 0
            || others == One(headers.Authorization);
    }

    private static int One(StringValues values) => values.Count == 0 ? 0 : 1;
}
