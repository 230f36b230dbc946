using YamlDotNet.RepresentationModel;

namespace MockOperator.Resources.Tests.Crds;

public sealed class LintTests
{
    private const string Preserve = "x-kubernetes-preserve-unknown-fields";

    public static TheoryData<string> All => Crd.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Every_string_list_and_map_has_a_bound(string plural)
    {
        List<string> unbounded = [.. Crd.Of(plural).Walk()
            .Where(static node => Crd.Text(node.Schema, Preserve) != "true")
            .Where(static node => Crd.Text(node.Schema, "type") switch
            {
                "string" => Crd.Find(node.Schema, "maxLength") is null && Crd.Find(node.Schema, "enum") is null,
                "array" => Crd.Find(node.Schema, "maxItems") is null,
                "object" => Crd.Find(node.Schema, "additionalProperties") is not null && Crd.Find(node.Schema, "maxProperties") is null,
                _ => false,
            })
            .Select(static node => node.Path)];

        Assert.Empty(unbounded);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_number_has_a_format(string plural) =>
        Assert.Empty(Crd.Of(plural).Walk()
            .Where(static node => Crd.Text(node.Schema, "type") == "integer" && Crd.Find(node.Schema, "format") is null)
            .Select(static node => node.Path));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_field_is_described(string plural) =>
        Assert.Empty(Crd.Of(plural).Walk()
            .Where(static node => !node.Path.EndsWith("{}", StringComparison.Ordinal) && node.Path != ".metadata")
            .Where(static node => string.IsNullOrWhiteSpace(Crd.Text(node.Schema, "description")))
            .Select(static node => node.Path));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_list_says_how_it_is_merged(string plural) =>
        Assert.Empty(Crd.Of(plural).Walk()
            .Where(static node => Crd.Text(node.Schema, "type") == "array")
            .Where(static node => Crd.Text(node.Schema, "x-kubernetes-list-type") switch
            {
                "atomic" or "set" => false,
                "map" => Crd.Find(node.Schema, "x-kubernetes-list-map-keys") is not YamlSequenceNode { Children.Count: > 0 },
                _ => true,
            })
            .Select(static node => node.Path));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_key_of_a_map_list_is_required_or_has_a_default(string plural)
    {
        var missing = new List<string>();
        foreach ((string path, YamlMappingNode schema) in Crd.Of(plural).Walk())
        {
            if (Crd.Find(schema, "x-kubernetes-list-map-keys") is not YamlSequenceNode keys)
            {
                continue;
            }

            var items = (YamlMappingNode)schema["items"];
            HashSet<string> required = [.. (Crd.Find(items, "required") as YamlSequenceNode ?? []).Select(static name => name.ToString())];
            missing.AddRange(keys.Select(static key => key.ToString()).Where(key => !required.Contains(key)).Select(key => $"{path}[].{key}"));
        }

        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_rule_has_a_message(string plural)
    {
        var silent = new List<string>();
        foreach ((string path, YamlMappingNode schema) in Crd.Of(plural).Walk())
        {
            if (Crd.Find(schema, "x-kubernetes-validations") is YamlSequenceNode rules)
            {
                silent.AddRange(rules.Cast<YamlMappingNode>()
                    .Where(static rule => string.IsNullOrWhiteSpace(Crd.Text(rule, "rule")) || string.IsNullOrWhiteSpace(Crd.Text(rule, "message")))
                    .Select(_ => path));
            }
        }

        Assert.Empty(silent);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_rule_of_an_object_that_is_about_one_field_names_it(string plural)
    {
        // The name of an object is no field of its schema, so no rule can point there.
        var unnamed = new List<string>();
        foreach ((string path, YamlMappingNode schema) in Crd.Of(plural).Walk().Where(static node => node.Path.Length > 0 && Crd.Text(node.Schema, "type") == "object"))
        {
            foreach (YamlMappingNode rule in (Crd.Find(schema, "x-kubernetes-validations") as YamlSequenceNode ?? []).Cast<YamlMappingNode>())
            {
                HashSet<string> fields = [.. System.Text.RegularExpressions.Regex.Matches(rule["rule"].ToString(), @"\bself\.([a-zA-Z]+)").Select(static match => match.Groups[1].Value)];
                if (Crd.Text(rule, "fieldPath") is { } named ? !Exists(schema, named) : fields.Count == 1)
                {
                    unnamed.Add($"{path}: {rule["rule"]}");
                }
            }
        }

        Assert.Empty(unnamed);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_schema_says_what_cannot_be_said_with_a_message(string plural) =>
        Assert.Empty(Crd.Of(plural).Walk()
            .Where(static node => new[] { "not", "oneOf", "allOf" }.Any(word => Crd.Find(node.Schema, word) is not null)
                || (Crd.Find(node.Schema, "anyOf") is not null && Crd.Text(node.Schema, "x-kubernetes-int-or-string") != "true"))
            .Select(static node => node.Path));

    private static bool Exists(YamlMappingNode schema, string fieldPath)
    {
        YamlNode? at = schema;
        foreach (string step in fieldPath.TrimStart('.').Split('.'))
        {
            at = at is YamlMappingNode map && Crd.Find(map, "properties") is YamlMappingNode properties ? Crd.Find(properties, step) : null;
        }

        return fieldPath.StartsWith('.') && at is not null;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Rules_ask_only_for_fields_that_are_there(string plural)
    {
        // The API server's CEL sees a field only when its schema has a type; a rule that asks for another one does not compile there.
        var unknown = new List<string>();
        foreach ((string path, YamlMappingNode schema) in Crd.Of(plural).Walk())
        {
            if (Crd.Find(schema, "x-kubernetes-validations") is not YamlSequenceNode rules)
            {
                continue;
            }

            foreach (string field in rules.SelectMany(static rule => System.Text.RegularExpressions.Regex.Matches(rule["rule"].ToString(), @"\bself((?:\.[a-zA-Z]+)+)\b(?!\()"))
                .Select(static match => match.Groups[1].Value.TrimStart('.')))
            {
                YamlMappingNode? at = schema;
                foreach (string step in field.Split('.'))
                {
                    at = step == "metadata" && path.Length == 0 ? null : Crd.Find((YamlMappingNode)at!["properties"], step) as YamlMappingNode;
                    if (at is null || Crd.Text(at, "type") is null)
                    {
                        break;
                    }
                }

                if (at is null ? !field.StartsWith("metadata.", StringComparison.Ordinal) : Crd.Text(at, "type") is null)
                {
                    unknown.Add($"{path}: {field}");
                }
            }
        }

        Assert.Empty(unknown);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Conditions_are_a_map_by_type(string plural)
    {
        YamlMappingNode conditions = Crd.Of(plural).Walk().Single(static node => node.Path == ".status.conditions").Schema;

        Assert.Equal("map", Crd.Text(conditions, "x-kubernetes-list-type"));
        Assert.Equal(["type"], ((YamlSequenceNode)conditions["x-kubernetes-list-map-keys"]).Select(static key => key.ToString()));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_new_object_says_that_nobody_has_looked_at_it_whether_it_has_no_status_or_an_empty_one(string plural)
    {
        YamlMappingNode status = Crd.Of(plural).Walk().Single(static node => node.Path == ".status").Schema;
        YamlMappingNode conditions = Crd.Of(plural).Walk().Single(static node => node.Path == ".status.conditions").Schema;

        // No other type: whoever applies a status leaves alone what it never owned, so that a condition which is not always applied would stay for good.
        var ready = (YamlMappingNode)Assert.Single((YamlSequenceNode)conditions["default"]);
        Assert.Equal(
            ["type: Ready", "status: Unknown", "reason: Pending", "message: the operator has not looked at this yet", "lastTransitionTime: 1970-01-01T00:00:00Z"],
            ready.Select(static field => $"{field.Key}: {field.Value}"));
        Assert.Equal(((YamlMappingNode)status["default"]).ToString(), new YamlMappingNode("conditions", conditions["default"]).ToString());
        Assert.Equal(((YamlSequenceNode)conditions["items"]["required"]).Select(static name => name.ToString()).Order(StringComparer.Ordinal), ready.Select(static field => field.Key.ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_definition_stays_small_enough_for_every_way_of_installing_it(string plural) =>
        Assert.InRange(new FileInfo(Crd.Of(plural).File).Length, 1, 200 * 1024);

    [Theory]
    [MemberData(nameof(All))]
    public void The_copy_of_the_chart_is_the_same(string plural) =>
        Assert.Equal(
            File.ReadAllText(Crd.Of(plural).File),
            File.ReadAllText(Repository.PathOf("charts", "mock-operator", "files", "crds", plural + ".yaml")));

    [Theory]
    [MemberData(nameof(All))]
    public void Status_is_a_subresource(string plural) => Assert.NotNull(Crd.Find((YamlMappingNode)Crd.Of(plural).Version["subresources"], "status"));

    [Fact]
    public void A_mock_can_be_scaled_by_the_standard_subresource()
    {
        YamlNode scale = Crd.MockServers.Version["subresources"]["scale"];

        HashSet<string> paths = [.. Crd.MockServers.Walk().Select(static node => node.Path)];
        Assert.All(new[] { "specReplicasPath", "statusReplicasPath", "labelSelectorPath" }, path => Assert.Contains(scale[path].ToString(), paths));
    }

    [Theory]
    [InlineData("mockservers", "Ready", "Reason", "URL", "External URL", "Collection", "Version", "Examples", "Replicas", "Calls", "Age")]
    [InlineData("collections", "Ready", "Examples", "Skipped", "Reason", "Age")]
    [InlineData("mockquotas", "Used", "Limit", "Remaining", "Resets", "Ready", "Reason", "Age")]
    public void Lists_show_what_matters(string plural, params string[] columns) =>
        Assert.Equal(columns, ((YamlSequenceNode)Crd.Of(plural).Version["additionalPrinterColumns"]).Select(static column => column["name"].ToString()));
}
