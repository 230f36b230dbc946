using System.Text.Json;

namespace MockOperator.Client.Collections;

/// <summary>Walks over the items of a Postman document.</summary>
/// <param name="offset">Where the JSON starts in the bytes.</param>
/// <param name="deepest">How deep folders may be nested; what is below is passed over.</param>
internal sealed class DocumentWalk(int offset, int deepest)
{
    /// <summary>The saved requests, in order.</summary>
    public List<SavedRequest> Requests { get; } = [];

    /// <summary>The names of all saved responses.</summary>
    public HashSet<string> ResponseNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it is the flat form of v1.</summary>
    public bool IsFlat { get; private set; }

    /// <summary>Walks over a whole document.</summary>
    /// <returns>Its items; null when it has none.</returns>
    public JsonList? Root(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartObject ? Collection(ref reader) : null;

    private JsonList? Collection(ref Utf8JsonReader reader)
    {
        JsonList? items = null, wrapped = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isItems = reader.ValueTextEquals("item"u8);
            var isWrapped = reader.CurrentDepth == 1 && reader.ValueTextEquals("collection"u8);
            IsFlat |= reader.ValueTextEquals("requests"u8);
            reader.Read();
            if (isItems && reader.TokenType == JsonTokenType.StartArray)
                items = List(ref reader, (ref Utf8JsonReader item) => Item(ref item, 0));
            else if (isWrapped && reader.TokenType == JsonTokenType.StartObject)
                wrapped = Collection(ref reader);
            else
                reader.Skip();
        }

        return items ?? wrapped;
    }

    private void Item(ref Utf8JsonReader reader, int folders)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        var depth = reader.CurrentDepth + 1;
        RequestLine? request = null;
        JsonList? responses = null;
        var lastEnd = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isFolder = reader.ValueTextEquals("item"u8);
            var isRequest = reader.ValueTextEquals("request"u8);
            var isResponse = reader.ValueTextEquals("response"u8);
            reader.Read();
            if (isFolder && reader.TokenType == JsonTokenType.StartArray && folders < deepest)
                List(ref reader, (ref Utf8JsonReader item) => Item(ref item, folders + 1));
            else if (isRequest)
                request = RequestLine.Read(ref reader);
            else if (isResponse && reader.TokenType == JsonTokenType.StartArray)
                responses = List(ref reader, Response);
            else
                reader.Skip();
            lastEnd = offset + (int)reader.BytesConsumed;
        }

        if (request is { } line)
            Requests.Add(new SavedRequest(line.Method, line.Host, line.Segments, responses, lastEnd, depth));
    }

    private void Response(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = reader.ValueTextEquals("name"u8);
            reader.Read();
            if (isName && RequestLine.Text(ref reader) is { } name)
                ResponseNames.Add(name);
            reader.Skip();
        }
    }

    private JsonList List(ref Utf8JsonReader reader, Element element)
    {
        var start = offset + (int)reader.TokenStartIndex;
        var depth = reader.CurrentDepth + 1;
        int? lastEnd = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            element(ref reader);
            lastEnd = offset + (int)reader.BytesConsumed;
        }

        return new JsonList(start, lastEnd, offset + (int)reader.BytesConsumed, depth);
    }

    private delegate void Element(ref Utf8JsonReader reader);
}
