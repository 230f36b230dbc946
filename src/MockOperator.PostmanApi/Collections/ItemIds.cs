using System.Text;
using System.Text.Json;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.PostmanApi.Identity;

namespace MockOperator.PostmanApi.Collections;

/// <summary>
/// The ids that Postman's API gives to folders, requests and responses of a collection. Exports leave them out, and clients rely on them; here they follow from where an item is and what it is called.
/// </summary>
/// <param name="key">The Collection.</param>
internal sealed class ItemIds(ObjectKey key)
{
    private readonly List<Splice> _splices = [];

    /// <summary>What has to be put into a document so that all of its items have ids.</summary>
    /// <param name="document">A collection of Postman's second format.</param>
    public IReadOnlyList<Splice> Find(ReadOnlyMemory<byte> document)
    {
        var reader = new Utf8JsonReader(document.Span, new JsonReaderOptions { MaxDepth = WrappedDocument.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isItem = reader.ValueTextEquals("item"u8);
            reader.Read();
            if (isItem && reader.TokenType == JsonTokenType.StartArray)
                ReadItems(ref reader, "");
            else
                reader.Skip();
        }

        _splices.Sort(static (one, other) => one.Start.CompareTo(other.Start));
        return _splices;
    }

    /// <summary>The id of an item that has none.</summary>
    /// <param name="path">Where it is: indexes from the top, each with a slash behind it.</param>
    /// <param name="name">Its name.</param>
    public string Of(string path, string? name) => PostmanId.Of(PostmanKind.Item, key, path + name);

    private void ReadItems(ref Utf8JsonReader reader, string path)
    {
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                ReadItem(ref reader, $"{path}{index}/");
            else
                reader.Skip();
        }
    }

    private void ReadItem(ref Utf8JsonReader reader, string path)
    {
        var start = (int)reader.TokenStartIndex + 1;
        string? name = null;
        string? id = null;
        var hasId = false;
        var hasUid = false;
        var isEmpty = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            var isName = reader.ValueTextEquals("name"u8);
            var isId = reader.ValueTextEquals("id"u8);
            var isItems = reader.ValueTextEquals("item"u8) || reader.ValueTextEquals("response"u8);
            hasUid |= reader.ValueTextEquals("uid"u8);
            reader.Read();
            hasId |= isId;
            if (isItems && reader.TokenType == JsonTokenType.StartArray)
            {
                ReadItems(ref reader, path);
                continue;
            }

            if (isName)
                name = Text(ref reader);
            else if (isId)
                id = Text(ref reader);
            reader.Skip();
        }

        var known = hasId ? PostmanId.Read(id) : Of(path, name);
        var put = new StringBuilder();
        if (!hasId)
            put.Append("\"id\":\"").Append(known).Append("\",");
        if (!hasUid && known is not null)
            put.Append("\"uid\":\"").Append(PostmanId.Uid(known)).Append("\",");
        if (isEmpty)
            put.Length--;
        if (put.Length > 0)
            _splices.Add(new Splice(start, start, Encoding.UTF8.GetBytes(put.ToString())));
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            return null;
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }
}
