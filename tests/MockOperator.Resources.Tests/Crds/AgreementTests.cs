using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Resources.Tests.Crds;

/// <summary>The CRDs and the records say the same, field by field, both ways.</summary>
public sealed class AgreementTests
{
    private const string Preserve = "x-kubernetes-preserve-unknown-fields";
    private const string IntOrString = "x-kubernetes-int-or-string";

    private readonly NullabilityInfoContext _nullability = new();
    private readonly List<string> _differences = [];

    public static TheoryData<string, string, Type> Sides => new()
    {
        { "mockservers", "spec", typeof(MockServerSpec) },
        { "mockservers", "status", typeof(MockServerStatus) },
        { "collections", "spec", typeof(CollectionSpec) },
        { "collections", "status", typeof(CollectionStatus) },
        { "mockquotas", "spec", typeof(MockQuotaSpec) },
        { "mockquotas", "status", typeof(MockQuotaStatus) },
    };

    [Theory]
    [MemberData(nameof(Sides))]
    public void The_definition_and_the_record_agree(string plural, string side, Type record)
    {
        Compare($"{plural}.{side}", (YamlMappingNode)Crd.Of(plural).Schema["properties"][side], record);

        Assert.True(_differences.Count == 0, string.Join('\n', _differences));
    }

    [Theory]
    [InlineData("mockservers", "MockServer", "mockserver", "mocks", "mock")]
    [InlineData("collections", "Collection", "collection", "coll")]
    [InlineData("mockquotas", "MockQuota", "mockquota")]
    public void The_names_are_those_of_the_API_group(string plural, string kind, string singular, params string[] shortNames)
    {
        YamlNode spec = Crd.Of(plural).Document["spec"];

        Assert.Equal($"{plural}.{ApiGroup.Name}", Crd.Of(plural).Document["metadata"]["name"].ToString());
        Assert.Equal(ApiGroup.Name, spec["group"].ToString());
        Assert.Equal(ApiGroup.Version, Crd.Of(plural).Version["name"].ToString());
        Assert.Equal("Namespaced", spec["scope"].ToString());
        Assert.Equal([kind, plural, singular], new[] { "kind", "plural", "singular" }.Select(name => spec["names"][name].ToString()));
        Assert.Equal(shortNames, (Crd.Find((YamlMappingNode)spec["names"], "shortNames") as YamlSequenceNode ?? []).Select(static name => name.ToString()));
        Assert.Equal(["mocking"], ((YamlSequenceNode)spec["names"]["categories"]).Select(static name => name.ToString()));
    }

    private void Compare(string path, YamlMappingNode schema, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        string? kind = Crd.Text(schema, "type");
        if (Crd.Text(schema, Preserve) == "true")
        {
            Expect(path, type == typeof(JsonElement), $"the schema keeps unknown fields, but the record has {type.Name}");
        }
        else if (Crd.Text(schema, IntOrString) == "true")
        {
            Expect(path, type == typeof(string), $"the schema says integer or string, but the record has {type.Name}");
        }
        else if (type.IsEnum)
        {
            CompareEnum(path, schema, type);
        }
        else if (ScalarOf(type) is var (name, format))
        {
            Expect(path, kind == name, $"the schema says {kind}, but the record has {type.Name}");
            Expect(path, format is null || Crd.Text(schema, "format") == format, $"the schema says format {Crd.Text(schema, "format")}, but the record has {type.Name}");
        }
        else if (DictionaryValue(type) is { } value)
        {
            if (Expect(path, Crd.Find(schema, "additionalProperties") is YamlMappingNode, $"the record has a map, but the schema says {kind}"))
            {
                Compare(path + "{}", (YamlMappingNode)schema["additionalProperties"], value);
            }
        }
        else if (ListElement(type) is { } element)
        {
            if (Expect(path, kind == "array", $"the record has a list, but the schema says {kind}"))
            {
                Compare(path + "[]", (YamlMappingNode)schema["items"], element);
            }
        }
        else if (Expect(path, kind == "object", $"the record has {type.Name}, but the schema says {kind}"))
        {
            CompareObject(path, schema, type);
        }
    }

    private void CompareObject(string path, YamlMappingNode schema, Type type)
    {
        var fields = (YamlMappingNode)(Crd.Find(schema, "properties") ?? new YamlMappingNode());
        HashSet<string> required = [.. (Crd.Find(schema, "required") as YamlSequenceNode ?? []).Select(static name => name.ToString())];
        Dictionary<string, PropertyInfo> properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.CanWrite && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .ToDictionary(NameOf, StringComparer.Ordinal);
        HashSet<string> inSchema = [.. fields.Children.Keys.Select(static name => name.ToString())];
        foreach (string name in properties.Keys.Except(inSchema, StringComparer.Ordinal))
        {
            _differences.Add($"{path}.{name}: only in the record {type.Name}");
        }

        foreach (string name in inSchema.Except(properties.Keys, StringComparer.Ordinal))
        {
            _differences.Add($"{path}.{name}: only in the schema");
        }

        foreach (string name in required.Except(inSchema, StringComparer.Ordinal))
        {
            _differences.Add($"{path}.{name}: required, but not described");
        }

        foreach ((string name, PropertyInfo property) in properties.Where(pair => inSchema.Contains(pair.Key)))
        {
            bool isNullable = Nullable.GetUnderlyingType(property.PropertyType) is not null
                || (!property.PropertyType.IsValueType && _nullability.Create(property).WriteState == NullabilityState.Nullable);
            Expect($"{path}.{name}", isNullable || required.Contains(name), "never null in the record, so the schema must require it");
            Compare($"{path}.{name}", (YamlMappingNode)fields[name], property.PropertyType);
        }
    }

    private void CompareEnum(string path, YamlMappingNode schema, Type type)
    {
        IEnumerable<string> members = type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(static field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name);
        IEnumerable<string> values = (Crd.Find(schema, "enum") as YamlSequenceNode ?? []).Select(static value => value.ToString());
        Expect(path, members.Order(StringComparer.Ordinal).SequenceEqual(values.Order(StringComparer.Ordinal), StringComparer.Ordinal),
            $"the schema knows {string.Join(", ", values)}, the record {string.Join(", ", members)}");
    }

    private bool Expect(string path, bool holds, string otherwise)
    {
        if (!holds)
        {
            _differences.Add(string.Create(CultureInfo.InvariantCulture, $"{path}: {otherwise}"));
        }

        return holds;
    }

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static (string Name, string? Format)? ScalarOf(Type type) =>
        type == typeof(string) ? ("string", null)
        : type == typeof(bool) ? ("boolean", null)
        : type == typeof(int) ? ("integer", "int32")
        : type == typeof(long) ? ("integer", "int64")
        : type == typeof(DateTimeOffset) ? ("string", "date-time")
        : null;

    private static Type? DictionaryValue(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) ? type.GetGenericArguments()[1] : null;

    private static Type? ListElement(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;
}
