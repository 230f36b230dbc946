using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MockOperator.Cluster.Tests.Exposure;

/// <summary>
/// The schema of a type that a TypeScript declaration describes, as a CustomResourceDefinition takes it: names, types and enumerations of all fields, so that
/// the API server drops every field that the type does not have. Reads the form of the packages @kubernetes-models: a file for each type.
/// </summary>
internal sealed partial class DeclaredTypes
{
    /// <summary>What another package declares, or anything at all.</summary>
    private static JsonObject Anything => new() { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true };

    /// <summary>The schema of the type that a file is named after.</summary>
    public static JsonObject SchemaOf(string file)
    {
        var text = Comment().Replace(File.ReadAllText(file), "");
        var imports = Import().Matches(text).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["from"].Value, StringComparer.Ordinal);
        var name = Path.GetFileName(file)[..^".d.ts".Length];
        if (Alias(name).Match(text) is { Success: true } alias)
            return TypeOf(alias.Groups["type"].Value.Trim(), file, imports);

        var declared = Interface(name).Match(text);
        Assert.True(declared.Success, $"{file} declares no {name}");
        var schema = ObjectOf(declared.Groups["members"].Value, file, imports);
        if (declared.Groups["base"].Value is { Length: > 0 } parent && Referred(parent, file, imports) is { } inherited)
        {
            foreach (var (field, type) in inherited["properties"]!.AsObject())
                schema["properties"]![field] = type!.DeepClone();
        }

        return schema;
    }

    private static JsonObject ObjectOf(string members, string file, Dictionary<string, string> imports)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (Match member in Member().Matches(members))
        {
            properties[member.Groups["name"].Value] = TypeOf(member.Groups["type"].Value.Trim(), file, imports);
            if (!member.Groups["optional"].Success)
                required.Add(member.Groups["name"].Value);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            schema["required"] = required;
        return schema;
    }

    private static JsonObject TypeOf(string type, string file, Dictionary<string, string> imports)
    {
        if (type is "string" or "boolean" or "number")
            return new JsonObject { ["type"] = type };
        if (type.StartsWith("Array<", StringComparison.Ordinal))
            return new JsonObject { ["type"] = "array", ["items"] = TypeOf(type["Array<".Length..^1], file, imports) };
        if (Map().Match(type) is { Success: true } map)
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = TypeOf(map.Groups["type"].Value, file, imports) };
        if (type.StartsWith('"'))
            return new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. type.Split(" | ").Select(word => JsonValue.Create(word.Trim('"')))]) };
        if (char.IsAsciiDigit(type[0]))
            return new JsonObject { ["type"] = "integer", ["enum"] = new JsonArray([.. type.Split(" | ").Select(word => JsonValue.Create(int.Parse(word, CultureInfo.InvariantCulture)))]) };
        return Referred(type, file, imports) ?? Anything;
    }

    /// <summary>The schema of a type of this package; null for one of another.</summary>
    private static JsonObject? Referred(string type, string file, Dictionary<string, string> imports) =>
        imports.TryGetValue(type, out var from) && from.StartsWith('.')
            ? SchemaOf(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, Path.ChangeExtension(from, ".d.ts"))))
            : null;

    private static Regex Alias(string name) => new($"export type I{name} = (?<type>[^;]+);", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static Regex Interface(string name) =>
        new($@"export interface I{name}(?: extends (?<base>\w+))? \{{(?<members>.*?)^\}}", RegexOptions.Singleline | RegexOptions.Multiline, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"/\*\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"import \{ (?<name>\w+) \} from ""(?<from>[^""]+)"";")]
    private static partial Regex Import();

    [GeneratedRegex(@"^ {4}""(?<name>[^""]+)""(?<optional>\?)?: (?<type>\{.*?^ {4}\}|[^;]+);", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Member();

    [GeneratedRegex(@"^\{\s*\[key: string\]: (?<type>[^;]+);\s*\}$")]
    private static partial Regex Map();
}
