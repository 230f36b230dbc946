using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MockOperator.Architecture.Tests;

/// <summary>What people do with files is the command line's: a pod reads bundles alone, and its program carries neither a reader of YAML nor the definitions of the API.</summary>
public class DataPlaneTests
{
    [Fact]
    public void The_program_of_the_pods_knows_no_manifests()
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "mock-runtime.dll")));
        var metadata = file.GetMetadataReader();

        Violations.None(
        [
            .. from handle in metadata.AssemblyReferences
               let name = metadata.GetString(metadata.GetAssemblyReference(handle).Name)
               where name.Contains("Yaml", StringComparison.OrdinalIgnoreCase)
               select $"refers to {name}",
            .. from handle in metadata.ManifestResources
               select $"carries {metadata.GetString(metadata.GetManifestResource(handle).Name)}",
        ]);
    }
}
