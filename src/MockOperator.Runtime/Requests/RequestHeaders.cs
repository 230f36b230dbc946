using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;
using MockOperator.Mocking;

namespace MockOperator.Runtime.Requests;

/// <summary>Kestrel's headers, as the engine asks for them. One per connection, pointed at the request that is served.</summary>
internal sealed class RequestHeaders : IRequestHeaders
{
    private IHeaderDictionary? _headers;

    /// <summary>Points at the headers of a request; null afterwards.</summary>
    public void Attach(IHeaderDictionary? headers) => _headers = headers;

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
}
