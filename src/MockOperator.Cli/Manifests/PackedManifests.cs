using MockOperator.Client.Collections;
using MockOperator.Resources;

namespace MockOperator.Cli.Manifests;

/// <summary>A packed collection as manifests, for <c>kubectl apply</c>.</summary>
internal static class PackedManifests
{
    /// <summary>Writes them as YAML: the ConfigMaps first, so that the Collection never refers to what is not there yet.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="packed">The collection.</param>
    /// <param name="name">Name of the Collection, of its MockServer, and what names of ConfigMaps begin with.</param>
    /// <param name="inNamespace">Their namespace; null for that of whoever applies them.</param>
    /// <param name="withServer">Whether a MockServer is among them.</param>
    public static void Write(TextWriter output, PackedDocument packed, string name, string? inNamespace, bool withServer)
    {
        // The same names for every document: what is applied again replaces what is there.
        ContentReference reference = packed.Reference(PackedDocument.StablePrefix(name));
        IReadOnlyList<ConfigMapKeyReference> more = reference.Parts ?? [];
        for (int part = 0; part < packed.Parts; part++)
        {
            WriteHead(output, packed, "v1", "ConfigMap", part == 0 ? reference.Name : more[part - 1].Name, name, inNamespace);
            output.WriteLine("binaryData:");
            output.WriteLine($"  {PackedDocument.Key}: {Convert.ToBase64String(packed.Part(part))}");
            output.WriteLine("---");
        }

        WriteHead(output, packed, ApiGroup.ApiVersion, "Collection", name, name, inNamespace);
        output.WriteLine("spec:");
        output.WriteLine("  configMapKeyRef:");
        output.WriteLine($"    name: {reference.Name}");
        output.WriteLine($"    key: {reference.Key}");
        if (more.Count > 0)
        {
            output.WriteLine("    parts:");
            foreach (ConfigMapKeyReference part in more)
            {
                output.WriteLine($"    - name: {part.Name}");
                output.WriteLine($"      key: {part.Key}");
            }
        }

        if (withServer)
        {
            output.WriteLine("---");
            WriteHead(output, packed, ApiGroup.ApiVersion, "MockServer", name, name, inNamespace);
            output.WriteLine("spec:");
            output.WriteLine("  collectionRef:");
            output.WriteLine($"    name: {name}");
        }
    }

    private static void WriteHead(TextWriter output, PackedDocument packed, string apiVersion, string kind, string name, string collection, string? inNamespace)
    {
        output.WriteLine($"apiVersion: {apiVersion}");
        output.WriteLine($"kind: {kind}");
        output.WriteLine("metadata:");
        output.WriteLine($"  name: {name}");
        if (inNamespace is not null)
        {
            output.WriteLine($"  namespace: {inNamespace}");
        }

        // Quoted: YAML would read 12e4 as a number.
        output.WriteLine("  labels:");
        foreach ((string label, string value) in packed.Labels(collection))
        {
            output.WriteLine($"    {label}: \"{value}\"");
        }
    }
}
