using System.Globalization;
using System.Text.Json;
using MockOperator.PostmanApi.Answers;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Requests;

namespace MockOperator.PostmanApi.Environments;

/// <summary>Changes of an environment by JSON Patch (RFC 6902), as far as Postman takes it: add, replace and remove of the name, of variables and of what they are made of.</summary>
internal static class EnvironmentPatch
{
    private const int MostOperations = 1000;

    /// <summary>Applies a patch, all of it or nothing.</summary>
    /// <param name="patch">The list of operations.</param>
    /// <param name="now">What is there.</param>
    /// <exception cref="PostmanException">It is no patch, or one that does not fit.</exception>
    public static EnvironmentExport Apply(JsonPlace patch, EnvironmentExport now)
    {
        if (patch.Value.ValueKind != JsonValueKind.Array)
            throw Refused("Patch sequence must be an array");
        if (patch.Value.GetArrayLength() is 0 or > MostOperations)
            throw Refused($"A patch has 1 to {MostOperations} operations");
        var name = now.Name;
        var values = now.Values.ToList();
        var index = 0;
        foreach (var element in patch.Value.EnumerateArray())
        {
            var operation = new JsonPlace(element, $"operation {index++}");
            var op = operation.Text("op") ?? throw Refused($"{operation.Path} has no op");
            var path = operation.Text("path") ?? throw Refused($"{operation.Path} has no path");
            if (op is not ("add" or "replace" or "remove"))
                throw Refused($"{operation.Path}: op is add, replace or remove");
            var value = op == "remove" ? default : operation.Member("value") is { IsNull: false } given ? given : throw Refused("Patch operations with empty value are not supported");
            switch (path.Split('/'))
            {
                case ["", "name"] when op != "remove":
                    name = value.AsText().Trim();
                    if (name.Length is 0 or > EnvironmentReading.LongestName)
                        throw Refused($"/name has 1 to {EnvironmentReading.LongestName} characters");
                    break;
                case ["", "values", var at]:
                    Change(values, op, Index(at, values.Count, op == "add"), value);
                    break;
                case ["", "values", var at, var member]:
                    var place = Index(at, values.Count, mayAppend: false);
                    values[place] = Change(values[place], op, member, path, value);
                    break;
                default:
                    throw Refused("Invalid path in JSON Patch operation");
            }
        }

        return new EnvironmentExport(name, values);
    }

    private static void Change(List<Variable> values, string op, int at, JsonPlace value)
    {
        if (op == "add")
            values.Insert(at, EnvironmentReading.Variable(value));
        else if (op == "replace")
            values[at] = EnvironmentReading.Variable(value);
        else
            values.RemoveAt(at);
    }

    private static Variable Change(Variable variable, string op, string member, string path, JsonPlace value) => (member, op) switch
    {
        ("description", "remove") => variable with { Description = null },
        (_, "remove") => throw Refused("Of a variable only the description can be removed"),
        ("key", _) => variable with { Key = value.AsText() },
        ("value", _) => variable with { Value = value.Value.ValueKind == JsonValueKind.String ? value.AsText() : throw Refused($"{path}: must be a string") },
        ("type", _) => variable with { Type = EnvironmentReading.Type(value.AsText(), path) },
        // Postman's own description has it without its last letter.
        ("enabled" or "enable", _) => variable with
        {
            Enabled = value.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.Value.GetBoolean() : throw Refused($"{path}: must be a boolean"),
        },
        ("description", _) => variable with { Description = value.AsText() },
        _ => throw Refused("Invalid path in JSON Patch operation"),
    };

    private static int Index(string text, int count, bool mayAppend)
    {
        if (text == "-" && mayAppend)
            return count;
        // RFC 6901 §4: no leading zeros.
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || (text.Length > 1 && text[0] == '0'))
            throw Refused("Invalid path in JSON Patch operation");
        return index < count || (mayAppend && index == count) ? index : throw Refused("Cannot perform the operation at a path that does not exist");
    }

    private static PostmanException Refused(string why) => new(new PostmanError(400, "badRequestError", why));
}
