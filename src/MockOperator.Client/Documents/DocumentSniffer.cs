using System.Text.Json;

namespace MockOperator.Client.Documents;

/// <summary>Tells documents apart by the names on their first level, without reading a large one into a tree.</summary>
public static class DocumentSniffer
{
    /// <summary>Judges a document. What is not JSON counts as a collection, whose reader reports what is wrong.</summary>
    /// <param name="json">The document in UTF-8, with or without a byte order mark.</param>
    /// <returns>What it is.</returns>
    public static DocumentKind Judge(ReadOnlySpan<byte> json)
    {
        bool apiVersion = false, kind = false, values = false, items = false;
        var reader = new Utf8JsonReader(json.StartsWith("\uFEFF"u8) ? json[3..] : json, new JsonReaderOptions { MaxDepth = 512, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return DocumentKind.Collection;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                apiVersion |= reader.ValueTextEquals("apiVersion"u8);
                kind |= reader.ValueTextEquals("kind"u8);
                values |= reader.ValueTextEquals("values"u8);
                items |= reader.ValueTextEquals("item"u8) || reader.ValueTextEquals("requests"u8) || reader.ValueTextEquals("collection"u8);
                if (apiVersion && kind)
                {
                    return DocumentKind.Manifest;
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            return DocumentKind.Collection;
        }

        return values && !items ? DocumentKind.Environment : DocumentKind.Collection;
    }
}
