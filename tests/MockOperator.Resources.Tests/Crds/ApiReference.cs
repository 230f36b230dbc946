using System.Globalization;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Resources.Tests.Crds;

/// <summary>Writes the page of the manual that describes every field, from the CRDs.</summary>
internal static class ApiReference
{
    public static string Write()
    {
        var page = new StringBuilder("""
            # API reference

            Every field of the kinds of `mockoperator.dev/v1alpha1`, written from the definitions in `config/crd`. `kubectl explain mockserver.spec` says the same
            in a terminal. A field without a default may be left out; **required** fields may not, once their parent is there.

            ## What is promised

            From here on this API is held to the rules that Kubernetes has for beta versions, whatever its name says. There is no conversion between versions: what is stored in a cluster is read as it is.

            - No field changes its meaning, its type or its default, and no value that is taken is refused later.
            - No field and no value is removed. What should no longer be used is said here, and goes on working.
            - New fields may be left out, and then everything is as it was before they came. New values may come to the lists of values above; who reads a status takes one that it does not know for `Unknown`.
            - Types of conditions and their reasons stay; messages are for people and may change.

            `tests/corpus/api` keeps objects with every field of every kind, as they were released, and a test loads them without a problem. Shapes of before are refused or dropped by the API server, and
            `kubectl-mock check` names what is written instead ([operations](operations.md#upgrading-from-earlier-shapes)).

            """.ReplaceLineEndings("\n"));
        foreach (Crd crd in new[] { Crd.MockServers, Crd.Collections, Crd.MockQuotas })
        {
            Describe(page, crd);
        }

        return page.ToString();
    }

    private static void Describe(StringBuilder page, Crd crd)
    {
        YamlNode names = crd.Document["spec"]["names"];
        string shortName = Crd.Find((YamlMappingNode)names, "shortNames") is YamlSequenceNode shortNames
            ? $"Short {(shortNames.Children.Count == 1 ? "name" : "names")} {string.Join(" and ", shortNames.Select(static name => $"`{name}`"))}, category"
            : "Category";
        page.Append(CultureInfo.InvariantCulture, $"\n## {names["kind"]}\n\n{OneLine(Crd.Text(crd.Schema, "description"))} {shortName} `{names["categories"][0]}`.\n");
        Rules(page, crd.Schema, "the object");
        foreach (string side in new[] { "spec", "status" })
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {names["kind"]}.{side}\n\n| Field | Type | Meaning |\n|---|---|---|\n");
            Fields(page, "", (YamlMappingNode)crd.Schema["properties"][side]);
        }

        List<(string Path, YamlMappingNode Schema)> ruled = [.. crd.Walk().Where(static node => node.Path.Length > 0 && Crd.Find(node.Schema, "x-kubernetes-validations") is not null)];
        page.Append(CultureInfo.InvariantCulture, $"\n### Rules of {names["kind"]}\n\n");
        foreach ((string path, YamlMappingNode schema) in ruled)
        {
            foreach (YamlNode rule in (YamlSequenceNode)schema["x-kubernetes-validations"])
            {
                page.Append(CultureInfo.InvariantCulture, $"- `{path.TrimStart('.')}`: {OneLine(rule["message"].ToString())}\n");
            }
        }
    }

    private static void Rules(StringBuilder page, YamlMappingNode schema, string what)
    {
        if (Crd.Find(schema, "x-kubernetes-validations") is YamlSequenceNode rules)
        {
            foreach (YamlNode rule in rules)
            {
                page.Append(CultureInfo.InvariantCulture, $"\nRule of {what}: {OneLine(rule["message"].ToString())}.\n");
            }
        }
    }

    private static void Fields(StringBuilder page, string prefix, YamlMappingNode schema)
    {
        if (Crd.Find(schema, "properties") is not YamlMappingNode properties)
        {
            return;
        }

        HashSet<string> required = [.. (Crd.Find(schema, "required") as YamlSequenceNode ?? []).Select(static name => name.ToString())];
        foreach ((YamlNode name, YamlNode node) in properties.Children)
        {
            var field = (YamlMappingNode)node;
            string path = prefix + name;
            page.Append(CultureInfo.InvariantCulture, $"| `{path}` | {TypeOf(field)} | {Meaning(field, required.Contains(name.ToString()))} |\n");
            Fields(page, path + ".", field);
            if (Crd.Find(field, "items") is YamlMappingNode items)
            {
                Fields(page, path + "[].", items);
            }
        }
    }

    private static string TypeOf(YamlMappingNode field)
    {
        if (Crd.Find(field, "enum") is YamlSequenceNode values)
        {
            return string.Join(", ", values.Select(static value => $"`{value}`"));
        }

        return Crd.Text(field, "type") switch
        {
            "array" => "list of " + (Crd.Find(field, "items") is YamlMappingNode items ? TypeOf(items) : "anything"),
            "object" when Crd.Find(field, "additionalProperties") is YamlMappingNode element => "map of " + TypeOf(element),
            null when Crd.Text(field, "x-kubernetes-int-or-string") == "true" => "quantity",
            null => "any JSON",
            { } type => type,
        };
    }

    private static string Meaning(YamlMappingNode field, bool required)
    {
        var text = new StringBuilder(OneLine(Crd.Text(field, "description")).Replace("|", "\\|", StringComparison.Ordinal));
        if (required)
        {
            text.Append(" **Required.**");
        }

        if (Crd.Text(field, "default") is { } standard)
        {
            text.Append(CultureInfo.InvariantCulture, $" Default `{standard}`.");
        }

        string bounds = string.Join(", ", Bounds(field));
        return bounds.Length == 0 ? text.ToString() : text.Append(CultureInfo.InvariantCulture, $" ({bounds})").ToString();
    }

    private static IEnumerable<string> Bounds(YamlMappingNode field)
    {
        if (Crd.Text(field, "minimum") is { } minimum)
        {
            yield return Crd.Text(field, "maximum") is { } maximum ? $"{minimum} to {maximum}" : $"at least {minimum}";
        }

        if (Crd.Text(field, "maxLength") is { } length)
        {
            yield return $"at most {length} characters";
        }

        if (Crd.Text(field, "maxItems") is { } items)
        {
            yield return $"at most {items} entries";
        }

        if (Crd.Text(field, "maxProperties") is { } properties)
        {
            yield return $"at most {properties} entries";
        }
    }

    private static string OneLine(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
