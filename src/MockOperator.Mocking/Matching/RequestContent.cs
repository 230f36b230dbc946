using MockOperator.Mocking.Requests;

namespace MockOperator.Mocking.Matching;

/// <summary>A request body that is compared part by part: taken apart in as many ways as comparisons ask for, in each at most once.</summary>
internal sealed class RequestContent : IDisposable
{
    private static readonly ulong s_query = ContentHash.Of("query"u8);
    private static readonly ulong s_operationName = ContentHash.Of("operationName"u8);
    private static readonly ulong s_variables = ContentHash.Of("variables"u8);
    private static readonly ulong s_null = JsonFingerprint.OfScalar("null"u8);

    private readonly ReadOnlyMemory<byte> _body;
    private readonly string? _contentType;
    private RequestJson? _json;
    private bool _jsonRead;
    private RequestFields? _fields;
    private bool _fieldsRead;
    private ulong? _text;
    private GraphQLCall? _call;
    private bool _callRead;

    /// <summary>Wraps a body.</summary>
    internal RequestContent(ReadOnlyMemory<byte> body, string? contentType)
    {
        _body = body;
        _contentType = contentType;
        IsMultipart = MultipartFields.IsMultipart(contentType);
    }

    /// <summary>Whether there is no body.</summary>
    internal bool IsEmpty => _body.IsEmpty;

    /// <summary>Whether the content type is that of a multipart form.</summary>
    internal bool IsMultipart { get; }

    /// <summary>The body as JSON; null when it is none, or too much.</summary>
    internal RequestJson? Json(ref WorkBudget budget)
    {
        if (!_jsonRead)
        {
            _jsonRead = true;
            _json = _body.IsEmpty ? null : RequestJson.TryRead(_body, ref budget);
        }

        return _json;
    }

    /// <summary>Hash of the body as it is compared as text; null when reading it is too much.</summary>
    internal ulong? Text(ref WorkBudget budget)
    {
        if (_text is null && budget.TrySpend(_body.Length, RequestExcess.Body))
        {
            _text = TextFingerprint.Compute(_body.Span);
        }

        return _text;
    }

    /// <summary>The text fields of the body as a form; null when it is none, or too much.</summary>
    internal RequestFields? Fields(ref WorkBudget budget)
    {
        if (!_fieldsRead)
        {
            _fieldsRead = true;
            _fields = RequestFields.TryRead(_body.Span, IsMultipart ? _contentType : null, ref budget);
        }

        return _fields;
    }

    /// <summary>The body as a GraphQL call; null when it is none, or too much.</summary>
    internal GraphQLCall? Call(ref WorkBudget budget)
    {
        if (!_callRead)
        {
            _callRead = true;
            _call = ReadCall(ref budget);
        }

        return _call;
    }

    /// <inheritdoc/>
    public void Dispose() => _json?.Dispose();

    private GraphQLCall? ReadCall(ref WorkBudget budget)
    {
        const int PerByte = 4;
        if (Json(ref budget) is not { } json
            || !json.IsObject(RequestJson.Root)
            || !json.TryFind(RequestJson.Root, s_query, ref budget, out int query)
            || !json.IsString(query)
            || !budget.TrySpend(PerByte * (long)json.LengthOf(query), RequestExcess.Body))
        {
            return null;
        }

        return new GraphQLCall(
            TextFingerprint.ComputeCollapsed(System.Text.Encoding.UTF8.GetBytes(json.TextOf(query))),
            json.TryFind(RequestJson.Root, s_operationName, ref budget, out int name) ? json.ValueOf(name) : null,
            json.TryFind(RequestJson.Root, s_variables, ref budget, out int variables) && json.ValueOf(variables) != s_null ? variables : null);
    }

    /// <summary>A GraphQL call as it is compared.</summary>
    /// <param name="Query">Hash of the document with its white space collapsed.</param>
    /// <param name="OperationName">Hash of the name of its operation; null when it names none.</param>
    /// <param name="Variables">The value that holds its variables; null when it has none.</param>
    internal sealed record GraphQLCall(ulong Query, ulong? OperationName, int? Variables);
}
