using System.Text.Json;
using MockOperator.PostmanApi.Errors;

namespace MockOperator.PostmanApi.Requests;

/// <summary>A value in a request's body, and where it is: what is wrong is told with its place.</summary>
/// <param name="value">The value.</param>
/// <param name="path">Where it is: <c>mock.config</c>; empty for the whole.</param>
internal readonly struct JsonPlace(JsonElement value, string path)
{
    public JsonElement Value => value;

    public string Path => path;

    public bool IsNull => value.ValueKind == JsonValueKind.Null;

    /// <summary>Reads a body.</summary>
    /// <exception cref="PostmanException">It is no JSON, or no object.</exception>
    public static JsonPlace Read(ReadOnlyMemory<byte> body, int maxDepth = 64)
    {
        if (body.IsEmpty)
            throw new PostmanException(KnownErrors.MissingBody);
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = maxDepth });
            return new JsonPlace(document.RootElement.Clone(), "");
        }
        catch (JsonException e)
        {
            throw new PostmanException(KnownErrors.Malformed($"The body is no JSON that can be read: {Where(e)}."));
        }
    }

    /// <summary>Where in a text JSON ends to be JSON, without a word of the text.</summary>
    public static string Where(JsonException e) => e.LineNumber is { } line ? $"line {line + 1}, byte {(e.BytePositionInLine ?? 0) + 1}" : "it is nested too deep or broken";

    /// <summary>A member that must be there, an object.</summary>
    /// <exception cref="PostmanException">It is not.</exception>
    public JsonPlace Object(string name)
    {
        MustBe(JsonValueKind.Object, "object");
        if (!value.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
            throw new PostmanException(KnownErrors.MissingParameter(name));
        var place = new JsonPlace(member, Below(name));
        place.MustBe(JsonValueKind.Object, "object");
        return place;
    }

    /// <summary>A member, if it is there. It may be null.</summary>
    public JsonPlace? Member(string name)
    {
        MustBe(JsonValueKind.Object, "object");
        return value.TryGetProperty(name, out var member) ? new JsonPlace(member, Below(name)) : null;
    }

    /// <summary>A text; null when it is not there or null.</summary>
    /// <exception cref="PostmanException">It is no text, or longer.</exception>
    public string? Text(string name, int longest = 1024)
    {
        if (Member(name) is not { IsNull: false } member)
            return null;
        var text = member.AsText();
        return text.Length <= longest ? text : throw new PostmanException(KnownErrors.Malformed($"{member.Path} has {text.Length} characters, and at most {longest} are allowed"));
    }

    /// <summary>A text that must be there.</summary>
    /// <exception cref="PostmanException">It is not there, empty, no text, or longer.</exception>
    public string NeededText(string name, int longest = 1024) => Text(name, longest) is { Length: > 0 } text ? text : throw new PostmanException(KnownErrors.MissingParameter(name));

    /// <summary>A truth; null when it is not there or null.</summary>
    /// <exception cref="PostmanException">It is something else.</exception>
    public bool? Truth(string name) => Member(name) is not { IsNull: false } member
        ? null
        : member.Value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw member.Wrong("boolean"),
        };

    /// <summary>A whole number; null when it is not there or null.</summary>
    /// <exception cref="PostmanException">It is something else.</exception>
    public int? Number(string name) => Member(name) is not { IsNull: false } member
        ? null
        : member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var number) ? number : throw member.Wrong("integer");

    /// <summary>The items of a list; null when it is not there or null.</summary>
    /// <exception cref="PostmanException">It is no list, or longer.</exception>
    public IReadOnlyList<JsonPlace>? Items(string name, int most)
    {
        if (Member(name) is not { IsNull: false } member)
            return null;
        member.MustBe(JsonValueKind.Array, "array");
        var items = new List<JsonPlace>();
        foreach (var item in member.Value.EnumerateArray())
        {
            if (items.Count == most)
                throw new PostmanException(KnownErrors.Malformed($"{member.Path} has more than {most} entries"));
            items.Add(new JsonPlace(item, $"{member.Path}.{items.Count}"));
        }

        return items;
    }

    public string AsText()
    {
        MustBe(JsonValueKind.String, "string");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new PostmanException(KnownErrors.Malformed($"{path} holds half of a surrogate pair"));
        }
    }

    public void MustBe(JsonValueKind kind, string name)
    {
        if (value.ValueKind != kind)
            throw Wrong(name);
    }

    private PostmanException Wrong(string expected) =>
        new(KnownErrors.Malformed($"Invalid type: {value.ValueKind switch { JsonValueKind.True or JsonValueKind.False => "boolean", var kind => kind.ToString().ToLowerInvariant() }} (expected {expected}) at {(path.Length == 0 ? "the body" : path)}"));

    private string Below(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
