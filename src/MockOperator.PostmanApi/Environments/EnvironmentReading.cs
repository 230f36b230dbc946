using System.Text.Json;
using MockOperator.PostmanApi.Answers;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Requests;

namespace MockOperator.PostmanApi.Environments;

/// <summary>Reads environments, from requests and from what is stored. No value of a variable gets into an error.</summary>
internal static class EnvironmentReading
{
    public const int LongestName = 256;
    public const int LongestText = 512 * 1024;
    private const int MostVariables = 10_000;

    /// <summary>Reads what is asked for, over what is there.</summary>
    /// <param name="asked">The description.</param>
    /// <param name="now">What is there; null for a new one, which needs a name.</param>
    /// <exception cref="PostmanException">Something is missing or wrong.</exception>
    public static EnvironmentExport Read(JsonPlace asked, EnvironmentExport? now)
    {
        var name = asked.Text("name", LongestName)?.Trim();
        if (string.IsNullOrEmpty(name) && now is null)
            throw new PostmanException(KnownErrors.Malformed("Found 1 errors with the supplied environment. environment: must have required property 'name'"));
        var variables = asked.Items("values", MostVariables) is { } items ? [.. items.Select(Variable)] : now?.Values ?? [];
        return new EnvironmentExport(string.IsNullOrEmpty(name) ? now!.Name : name, variables);
    }

    /// <summary>Reads a variable of a request.</summary>
    /// <exception cref="PostmanException">Something is missing or wrong.</exception>
    public static Variable Variable(JsonPlace asked)
    {
        asked.MustBe(JsonValueKind.Object, "object");
        return new Variable
        {
            Key = asked.Text("key", LongestText) ?? throw new PostmanException(KnownErrors.Malformed($"{asked.Path}: must have required property 'key'")),
            Value = asked.Member("value") is { IsNull: false } value ? Scalar(value) : "",
            Enabled = asked.Truth("enabled") ?? true,
            // The second is how Postman marks what it keeps in a vault.
            Type = Type(asked.Text("type"), $"{asked.Path}.type") is var type && asked.Truth("secret") == true ? "secret" : type,
            Description = asked.Text("description", LongestText),
        };
    }

    /// <summary>The type of a variable. Exports of former times have <c>text</c> and others, which are all no secret.</summary>
    /// <exception cref="PostmanException">It is none.</exception>
    public static string Type(string? type, string place) => type switch
    {
        null or "" or "default" or "text" or "any" => "default",
        "secret" => "secret",
        _ => throw new PostmanException(KnownErrors.Malformed($"{place} is default or secret")),
    };

    /// <summary>A value as text; numbers and truths are taken for theirs.</summary>
    /// <exception cref="PostmanException">It is a list or an object.</exception>
    public static string Scalar(JsonPlace value) => value.Value.ValueKind switch
    {
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.Value.GetRawText(),
        _ => value.AsText(),
    };

    /// <summary>Reads what is stored, whoever wrote it: what is not understood of it is passed over.</summary>
    /// <param name="stored">The document.</param>
    /// <param name="otherwise">The name where it has none.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static EnvironmentExport FromStore(ReadOnlyMemory<byte> stored, string otherwise)
    {
        var json = stored.Span.StartsWith("\uFEFF"u8) ? stored[3..] : stored;
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("environment", out var wrapped) && wrapped.ValueKind == JsonValueKind.Object)
            root = wrapped;
        var variables = new List<Variable>();
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array)
            variables.AddRange(values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.Object).Select(Stored));
        return new EnvironmentExport(Text(root, "name") is { Length: > 0 } name ? name : otherwise, variables);
    }

    private static Variable Stored(JsonElement variable) => new()
    {
        Key = Text(variable, "key") ?? "",
        Value = variable.TryGetProperty("value", out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => Text(variable, "value") ?? "",
                JsonValueKind.Null or JsonValueKind.Undefined => "",
                _ => value.GetRawText(),
            }
            : "",
        Enabled = !variable.TryGetProperty("enabled", out var enabled) || enabled.ValueKind != JsonValueKind.False,
        Type = Text(variable, "type") == "secret" ? "secret" : "default",
        Description = Text(variable, "description"),
    };

    private static string? Text(JsonElement of, string name)
    {
        try
        {
            return of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }
}
