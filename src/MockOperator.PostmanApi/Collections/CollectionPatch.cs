using System.Text.Json;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Requests;

namespace MockOperator.PostmanApi.Collections;

/// <summary>A change of a collection's name, description, variables, authorisation or scripts; its items stay.</summary>
internal sealed class CollectionPatch
{
    private const int MostVariables = 10_000;
    private const int LongestText = 256 * 1024;

    private readonly JsonPlace _asked;
    private readonly IReadOnlyList<JsonPlace>? _variables;

    private CollectionPatch(JsonPlace asked, string? name, string? description, IReadOnlyList<JsonPlace>? variables)
    {
        _asked = asked;
        Name = name;
        Description = description;
        _variables = variables;
    }

    /// <summary>The new name; null to keep it.</summary>
    public string? Name { get; }

    /// <summary>The new description; null to keep it.</summary>
    public string? Description { get; }

    /// <summary>Reads a patch.</summary>
    /// <exception cref="PostmanException">It changes nothing, or something else.</exception>
    public static CollectionPatch Read(JsonPlace body)
    {
        if (body.Member("collection") is not { IsNull: false } asked || !Members(asked).Any())
            throw new PostmanException(new PostmanError(400, "paramMissingError", "'info' key is mandatory when 'collection' is empty.") { Parameters = ["info"], ParametersAreText = true });
        Allow(asked, "collection", "info", "variable", "auth", "events");
        var info = asked.Member("info") is { IsNull: false } given ? given : (JsonPlace?)null;
        if (info is { } of)
            Allow(of, "collection.info", "name", "description");
        var variables = asked.Items("variable", MostVariables);
        foreach (var variable in variables ?? [])
        {
            Allow(variable, "collection.variables", "key", "value", "disabled");
            variable.NeededText("key", LongestText);
        }

        if (asked.Member("auth") is { IsNull: false } auth)
            auth.NeededText("type");
        foreach (var script in asked.Items("events", MostVariables) ?? [])
            script.NeededText("listen");
        return new CollectionPatch(asked, info?.Text("name", LongestText), info?.Text("description", LongestText), variables);
    }

    /// <summary>The collection, changed.</summary>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> collection)
    {
        using var document = JsonDocument.Parse(collection, new JsonDocumentOptions { MaxDepth = WrappedDocument.MaxDepth });
        var written = new MemoryStream(collection.Length + 1024);
        using (var json = new Utf8JsonWriter(written, new JsonWriterOptions { MaxDepth = WrappedDocument.MaxDepth + 1 }))
        {
            var root = document.RootElement;
            json.WriteStartObject();
            json.WritePropertyName("info");
            WriteInfo(json, root.TryGetProperty("info", out var info) ? info : default);
            foreach (var member in root.EnumerateObject().Where(member => member.Name != "info" && !Replaces(member.Name)))
                member.WriteTo(json);
            WriteVariables(json, root.TryGetProperty("variable", out var variables) ? variables : default);
            if (_asked.Member("auth") is { } auth)
            {
                json.WritePropertyName("auth");
                auth.Value.WriteTo(json);
            }

            if (_asked.Member("events") is { IsNull: false } events)
            {
                json.WritePropertyName("event");
                events.Value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return written.ToArray();
    }

    private bool Replaces(string member) => member switch
    {
        "variable" => _variables is not null,
        "auth" => _asked.Member("auth") is not null,
        "event" => _asked.Member("events") is { IsNull: false },
        _ => false,
    };

    private void WriteInfo(Utf8JsonWriter json, JsonElement info)
    {
        json.WriteStartObject();
        if (info.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in info.EnumerateObject().Where(member => !(member.Name == "name" && Name is not null) && !(member.Name == "description" && Description is not null)))
                member.WriteTo(json);
        }

        if (Name is not null)
            json.WriteString("name", Name);
        if (Description is not null)
            json.WriteString("description", Description);
        json.WriteEndObject();
    }

    // Those that are named are added, or stand for those of their key.
    private void WriteVariables(Utf8JsonWriter json, JsonElement now)
    {
        if (_variables is null)
            return;
        var keys = _variables.Select(variable => variable.Text("key", LongestText)!).ToHashSet(StringComparer.Ordinal);
        json.WriteStartArray("variable");
        if (now.ValueKind == JsonValueKind.Array)
        {
            foreach (var variable in now.EnumerateArray())
            {
                if (!(variable.ValueKind == JsonValueKind.Object && variable.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.String && keys.Any(other => key.ValueEquals(other))))
                    variable.WriteTo(json);
            }
        }

        foreach (var variable in _variables)
            variable.Value.WriteTo(json);
        json.WriteEndArray();
    }

    private static IEnumerable<string> Members(JsonPlace of)
    {
        of.MustBe(JsonValueKind.Object, "object");
        return of.Value.EnumerateObject().Select(member => member.Name);
    }

    private static void Allow(JsonPlace of, string place, params string[] names)
    {
        if (Members(of).FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal)) is { } other)
            throw new PostmanException(new PostmanError(400, "badRequest", $"Invalid parameters: ('{(other.Length > 100 ? other[..100] : other)}') for key: '{place}'"));
    }
}
