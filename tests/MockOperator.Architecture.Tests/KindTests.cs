using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using k8s.Models;
using MockOperator.Client.Connections;
using MockOperator.Client.Workloads;
using MockOperator.Kinds;

namespace MockOperator.Architecture.Tests;

/// <summary>
/// Programs that act with a caller's rights know the JSON of the kinds that they name, not of all that there are. One that is asked for and not named would be found by whoever runs that command, so each
/// generic call in the compiled assemblies is looked at.
/// </summary>
public class KindTests
{
    // These take a kind for its name and path, and read nothing of it.
    private static readonly HashSet<string> ByNameAlone = new(StringComparer.Ordinal) { "Of" };

    // One of each assembly that has kinds.
    private static readonly Type[] s_kinds = [typeof(V1ConfigMap), typeof(Pod), typeof(MockServer)];

    private static readonly string[] s_assemblies = ["MockOperator.Client", "MockOperator.Dashboard", "MockOperator.PostmanApi", "kubectl-mock"];

    [Fact]
    public void A_kind_that_is_asked_for_can_be_read()
    {
        var asked = s_assemblies.SelectMany(static assembly => Asked(assembly).Select(call => (Assembly: assembly, call.Method, call.Kind))).ToList();

        Assert.Contains(asked, static call => call.Kind == typeof(V1ConfigMap));
        Violations.None(from call in asked where !MockCluster.Json.TryGetTypeInfo(call.Kind, out _) select $"{call.Assembly} calls {call.Method}<{call.Kind.Name}>: name the kind in ClusterJson");
    }

    private static IEnumerable<(string Method, Type Kind)> Asked(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")));
        var metadata = file.GetMetadataReader();
        var names = new TypeNames(metadata);
        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.MethodSpec); row++)
        {
            var call = metadata.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row));
            var method = metadata.GetString(call.Method.Kind == HandleKind.MethodDefinition
                ? metadata.GetMethodDefinition((MethodDefinitionHandle)call.Method).Name
                : metadata.GetMemberReference((MemberReferenceHandle)call.Method).Name);
            foreach (var argument in call.DecodeSignature(names, genericContext: null))
            {
                var kind = s_kinds.Select(holder => holder.Assembly.GetType(argument)).FirstOrDefault(static found => found is not null);
                if (!ByNameAlone.Contains(method) && kind?.GetCustomAttribute<KubernetesEntityAttribute>() is not null)
                    yield return (method, kind);
            }
        }
    }
}
