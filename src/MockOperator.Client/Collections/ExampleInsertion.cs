using System.Text.Json;
using MockOperator.Client.Documents;
using MockOperator.Resources;

namespace MockOperator.Client.Collections;

/// <summary>Adds an example to a Postman document and leaves every other byte of it as it is.</summary>
internal static class ExampleInsertion
{
    /// <summary>Adds a saved response: to the request of its method and path, else to one that its path is an instance of, else to a new one at the end.</summary>
    /// <returns>The document with it.</returns>
    /// <exception cref="DocumentException">There is a response of that name, or the document is none that can be added to.</exception>
    public static byte[] Add(ReadOnlySpan<byte> document, ExampleSpec example)
    {
        var outline = DocumentOutline.Of(document);
        if (outline.ResponseNames.Contains(example.Name))
            throw new DocumentException($"The collection has an example '{example.Name}' already. Choose another name.");

        var method = SavedResponse.MethodOf(example.Request);
        var path = example.Request?.Path ?? "/";
        var segments = SavedRequest.Split(path);
        var sameMethod = outline.Requests.Where(request => request.Method == method).ToList();
        var layout = JsonLayout.Of(document);
        if ((sameMethod.Find(request => request.HasPath(segments)) ?? sameMethod.Find(request => request.Covers(segments))) is not { } found)
            return Append(document, outline.Items, layout, json => SavedResponse.WriteItem(json, $"{method} {path}", "", [example]));
        // What a variable stands for may bring a path, and an environment that nobody knows here may say it: the example answers the path that it was given.
        var host = found.Host.Contains("{{", StringComparison.Ordinal) ? "" : found.Host;
        if (found.Responses is { } responses)
            return Append(document, responses, layout, json => SavedResponse.Write(json, host, example));

        var member = layout.Write(found.Depth, json =>
        {
            json.WriteStartArray();
            SavedResponse.Write(json, host, example);
            json.WriteEndArray();
        });
        return Insert(document, found.LastMemberEnd, found.LastMemberEnd, [.. ","u8, .. layout.Break(found.Depth), .. "\"response\":"u8, .. layout.Space, .. member]);
    }

    private static byte[] Append(ReadOnlySpan<byte> document, JsonList list, JsonLayout layout, Action<Utf8JsonWriter> write)
    {
        byte[] element = [.. layout.Break(list.Depth), .. layout.Write(list.Depth, write)];
        return list.LastEnd is { } end
            ? Insert(document, end, end, [.. ","u8, .. element])
            : Insert(document, list.Start + 1, list.End - 1, [.. element, .. layout.Break(list.Depth - 1)]);
    }

    private static byte[] Insert(ReadOnlySpan<byte> document, int start, int end, ReadOnlySpan<byte> text) => [.. document[..start], .. text, .. document[end..]];
}
