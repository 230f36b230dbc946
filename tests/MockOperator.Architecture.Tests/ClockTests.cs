using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MockOperator.Architecture.Tests;

/// <summary>
/// Time comes from a TimeProvider, so that tests own it. What the compiled assemblies refer to is read, so neither a comment
/// nor an alias matters.
/// </summary>
public class ClockTests
{
    private static readonly HashSet<string> Forbidden = new(StringComparer.Ordinal)
    {
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
        "System.Threading.Thread.Sleep",
        "System.Diagnostics.Stopwatch.StartNew", "System.Diagnostics.Stopwatch.GetTimestamp", "System.Diagnostics.Stopwatch..ctor",
        "System.Threading.Timer..ctor", "System.Timers.Timer..ctor",
    };

    /// <summary>These have an overload that takes a TimeProvider; the others read the machine's clock.</summary>
    private static readonly HashSet<string> NeedProvider = new(StringComparer.Ordinal)
    {
        "System.Threading.Tasks.Task.Delay", "System.Threading.PeriodicTimer..ctor",
    };

    public static TheoryData<string> Assemblies => ["MockOperator.Resources", "MockOperator.Kubernetes", "MockOperator.Client", "MockOperator.Mocking", "mock-runtime", "kubectl-mock", "mock-operator"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Time_comes_from_outside(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")));
        var metadata = file.GetMetadataReader();

        Violations.None(
            from handle in metadata.MemberReferences
            let member = metadata.GetMemberReference(handle)
            where member.Parent.Kind == HandleKind.TypeReference
            let type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent)
            let name = $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}"
            where Forbidden.Contains(name) || (NeedProvider.Contains(name) && !TakesProvider(metadata, member))
            select name);
    }

    private static bool TakesProvider(MetadataReader metadata, MemberReference member) =>
        member.DecodeMethodSignature(new TypeNames(metadata), genericContext: null).ParameterTypes.Contains("System.TimeProvider", StringComparer.Ordinal);
}
