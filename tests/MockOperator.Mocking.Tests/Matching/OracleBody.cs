using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Tests.Matching;

/// <summary>The comparison of bodies as it is written down, on trees and lists.</summary>
internal static partial class OracleBody
{
    public static bool Fits(ExampleBody saved, string sent, string? contentType, bool subset, bool wildcards) => saved switch
    {
        ExampleBody.Absent => sent.Length == 0 || subset,
        ExampleBody.Raw { Text: var text } when text.Trim().Length == 0 => sent.Length == 0 || subset,
        ExampleBody.Raw raw when Parse(raw.Text) is { } json => Parse(sent) is { } other && Fits(json.Node, other.Node, subset, wildcards),
        ExampleBody.Raw raw => Normalize(raw.Text) == Normalize(sent),
        ExampleBody.Form { Fields.IsEmpty: true } => sent.Length == 0 || subset,
        ExampleBody.Form form => form.Multipart == (contentType?.StartsWith("multipart/form-data", StringComparison.Ordinal) ?? false) && SameFields(form, sent, subset),
        ExampleBody.GraphQL call => SameCall(call, sent, subset, wildcards),
        _ => false,
    };

    private static (JsonNode? Node, bool _)? Parse(string text)
    {
        try
        {
            return (JsonNode.Parse(text), true);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n").Trim();

    private static bool SameFields(ExampleBody.Form form, string sent, bool subset)
    {
        var left = (form.Multipart ? Multipart(sent) : UrlEncoded(sent)).ToList();
        foreach (var field in form.Fields)
        {
            if (!left.Remove(field))
            {
                return false;
            }
        }

        return subset || left.Count == 0;
    }

    private static IEnumerable<Field> UrlEncoded(string body) => body.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(piece => piece.Split('=', 2))
        .Select(pair => new Field(Decode(pair[0]), pair.Length > 1 ? Decode(pair[1]) : ""));

    private static IEnumerable<Field> Multipart(string body) => Part().Matches(body)
        .Where(match => match.Groups["file"].Length == 0)
        .Select(match => new Field(match.Groups["name"].Value, match.Groups["value"].Value));

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static bool SameCall(ExampleBody.GraphQL call, string sent, bool subset, bool wildcards)
    {
        if (Parse(sent)?.Node is not JsonObject other || other["query"] is not JsonValue query || !query.TryGetValue(out string? text))
        {
            return false;
        }

        if (call.OperationName is not null && (other["operationName"] is not JsonValue name || !name.TryGetValue(out string? operation) || operation != call.OperationName))
        {
            return false;
        }

        return Spaces().Replace(text.Trim(), " ") == Spaces().Replace(call.Query.Trim(), " ")
            && Parse(call.Variables ?? "{}") is { } variables
            && Fits(variables.Node ?? new JsonObject(), other["variables"] ?? new JsonObject(), subset, wildcards);
    }

    private static bool Fits(JsonNode? saved, JsonNode? sent, bool subset, bool wildcards)
    {
        if (wildcards && saved is JsonValue token && token.TryGetValue(out string? text) && WholeToken().IsMatch(text))
        {
            return true;
        }

        return (saved, sent) switch
        {
            (null, null) => true,
            (JsonObject one, JsonObject other) => (subset || one.Count == other.Count)
                && one.All(member => other.ContainsKey(member.Key) && Fits(member.Value, other[member.Key], subset, wildcards)),
            (JsonArray one, JsonArray other) when !subset => one.Count == other.Count && one.Zip(other).All(pair => Fits(pair.First, pair.Second, subset, wildcards)),
            (JsonArray one, JsonArray other) => IsSubsequence(one, other, wildcards),
            (JsonValue one, JsonValue other) => SameValue(one, other),
            _ => false,
        };
    }

    private static bool IsSubsequence(JsonArray saved, JsonArray sent, bool wildcards)
    {
        var next = 0;
        foreach (var item in sent)
        {
            if (next < saved.Count && Fits(saved[next], item, subset: true, wildcards))
            {
                next++;
            }
        }

        return next == saved.Count;
    }

    private static bool SameValue(JsonValue one, JsonValue other) => one.GetValueKind() == other.GetValueKind() && one.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Number => one.GetValue<double>() == other.GetValue<double>(),
        System.Text.Json.JsonValueKind.String => one.GetValue<string>() == other.GetValue<string>(),
        _ => true,
    };

    [GeneratedRegex(@"\A\{\{\s*[^{}\s][^{}]*\}\}\z")]
    private static partial Regex WholeToken();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("""form-data; name=("(?<name>[^"]*)"|(?<name>[^";\r]*))(?<file>; filename=[^\r]*)?\r\n\r\n(?<value>[^\r]*)\r\n""")]
    private static partial Regex Part();
}
