using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MockOperator.Architecture.Tests;

/// <summary>
/// The framework's cryptography loads OpenSSL by name when it is first used. The image of the runtime has none, so a pod that came to such a call would end there. What the
/// compiled assemblies refer to is read, so neither a comment nor an alias matters.
/// </summary>
public class CryptographyTests
{
    [Theory]
    [InlineData("MockOperator.Resources")]
    [InlineData("MockOperator.Mocking")]
    [InlineData("mock-runtime")]
    public void The_data_plane_does_without_OpenSSL(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")));
        var metadata = file.GetMetadataReader();

        Violations.None(
            from handle in metadata.TypeReferences
            let type = metadata.GetTypeReference(handle)
            let space = metadata.GetString(type.Namespace)
            where space == "System.Security.Cryptography" || space.StartsWith("System.Security.Cryptography.", StringComparison.Ordinal) || space == "System.Net.Security"
            select $"{space}.{metadata.GetString(type.Name)}");
    }
}
