using System.Text.Json;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Requests;

namespace MockOperator.PostmanApi.Collections;

/// <summary>A document as it stands in a body or in a cluster, perhaps as <c>{"collection": …}</c>, looked through without a tree or a copy of it: it may have a hundred megabytes.</summary>
/// <param name="Whole">The document without what wraps it.</param>
/// <param name="Info">Where in it <c>info</c> stands, with its braces; empty when there is none.</param>
/// <param name="HasItems">Whether there is a list of items.</param>
internal sealed record WrappedDocument(ReadOnlyMemory<byte> Whole, Range Info, bool HasItems)
{
    /// <summary>Deeper documents are refused: nobody can serve them.</summary>
    public const int MaxDepth = 256;

    private const string Wrapper = "collection";

    /// <summary>Reads the body of a request, where the wrapper must be.</summary>
    /// <exception cref="PostmanException">It is no JSON, or the wrapper, its <c>info</c> or its <c>item</c> is missing.</exception>
    public static WrappedDocument FromRequest(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            throw new PostmanException(KnownErrors.MissingBody);
        try
        {
            var document = Look(Member(body, Wrapper) ?? throw new PostmanException(KnownErrors.MissingParameter(Wrapper)));
            var missing = new List<string>();
            if (!document.HasInfo)
                missing.Add(": must have required property 'info'");
            if (!document.HasItems)
                missing.Add(": must have required property 'item'");
            if (missing.Count > 0)
                throw new PostmanException(KnownErrors.Malformed($"Found {missing.Count} errors with the supplied collection. {string.Join("; ", missing)}"));
            return document;
        }
        catch (JsonException e)
        {
            throw new PostmanException(KnownErrors.Malformed($"The body is no JSON that can be read: {JsonPlace.Where(e)}."));
        }
    }

    /// <summary>Reads what is stored, whatever form of a collection that is.</summary>
    /// <param name="stored">The document; one with comments or trailing commas is written anew.</param>
    public static WrappedDocument FromStore(ReadOnlyMemory<byte> stored)
    {
        var json = stored.Span.StartsWith("\uFEFF"u8) ? stored[3..] : stored;
        try
        {
            return Look(Member(json, Wrapper) is { } wrapped && !IsCollection(json) ? wrapped : json);
        }
        catch (JsonException)
        {
            using var tolerant = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var strict = new MemoryStream(json.Length);
            using (var writer = new Utf8JsonWriter(strict))
                tolerant.WriteTo(writer);
            ReadOnlyMemory<byte> written = strict.ToArray();
            return Look(Member(written, Wrapper) is { } wrapped && !IsCollection(written) ? wrapped : written);
        }
    }

    public bool HasInfo => Info.End.Value > Info.Start.Value;

    // An export of Postman's first format may have a member of that name as well as its own.
    private static bool IsCollection(ReadOnlyMemory<byte> json) => Member(json, "info") is not null || Member(json, "requests") is not null;

    private static WrappedDocument Look(ReadOnlyMemory<byte> json)
    {
        var reader = Open(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new PostmanException(KnownErrors.Malformed("Invalid type (expected object) at collection"));
        var info = default(Range);
        var hasItems = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isInfo = reader.ValueTextEquals("info"u8);
            var isItem = reader.ValueTextEquals("item"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            hasItems |= isItem && reader.TokenType == JsonTokenType.StartArray;
            isInfo &= reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
            if (isInfo)
                info = start..(int)reader.BytesConsumed;
        }

        // Nothing may follow.
        while (reader.Read())
        {
        }

        return new WrappedDocument(json, info, hasItems);
    }

    /// <summary>A member on the first level; null when there is none, or it is no object.</summary>
    private static ReadOnlyMemory<byte>? Member(ReadOnlyMemory<byte> json, string name)
    {
        var reader = Open(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        ReadOnlyMemory<byte>? found = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            isIt &= reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
            if (isIt)
                found = json[start..(int)reader.BytesConsumed];
        }

        while (reader.Read())
        {
        }

        return found;
    }

    private static Utf8JsonReader Open(ReadOnlyMemory<byte> json) => new(json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
}
