using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;
using MockOperator.Mocking;

namespace MockOperator.Runtime.Requests;

/// <summary>Kestrel's headers, as the engine asks for them. One per connection, pointed at the request that is served.</summary>
internal sealed class RequestHeaders : IRequestHeaders
{
    /// <summary>How every header begins by which a call chooses among examples, or says how they are compared.</summary>
    private const string OfMocks = "x-mock-";

    private IHeaderDictionary? _headers;
    private bool? _onlyCommon;

    /// <summary>Points at the headers of a request; null afterwards.</summary>
    public void Attach(IHeaderDictionary? headers)
    {
        _headers = headers;
        _onlyCommon = null;
    }

    /// <inheritdoc/>
    public bool TryGetValue(string name, [NotNullWhen(true)] out string? value)
    {
        if (_headers is null
            || (name.StartsWith(OfMocks, StringComparison.Ordinal) && (_onlyCommon ??= HasOnlyCommon(_headers)))
            || !_headers.TryGetValue(name, out StringValues values)
            || values.Count == 0)
        {
            value = null;
            return false;
        }

        value = values.Count == 1 ? values[0] ?? "" : string.Join(", ", values.ToArray());
        return true;
    }

    /// <summary>
    /// Whether a request has none but the headers of ordinary clients, so that none of ours is among them. Kestrel keeps those as fields: counting them takes less
    /// than to look for one of ours, and a match looks for seven.
    /// </summary>
    private static bool HasOnlyCommon(IHeaderDictionary headers)
    {
        int common = One(headers.Host) + One(headers.UserAgent) + One(headers.Accept) + One(headers.AcceptEncoding) + One(headers.AcceptLanguage)
            + One(headers.Connection) + One(headers.ContentType) + One(headers.Authorization) + One(headers.Origin) + One(headers.Referer)
            + (headers.ContentLength is null ? 0 : 1);
        return headers.Count == common;
    }

    private static int One(StringValues values) => values.Count == 0 ? 0 : 1;
}
