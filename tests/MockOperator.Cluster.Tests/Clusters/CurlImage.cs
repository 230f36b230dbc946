namespace MockOperator.Cluster.Tests.Clusters;

/// <summary>An image with this machine's curl and the libraries that it needs, since none can be pulled everywhere.</summary>
internal static class CurlImage
{
    public const string Reference = "tests.invalid/curl:1";

    /// <summary>Makes it, and puts it into the cluster.</summary>
    public static async Task LoadAsync(TestCluster cluster)
    {
        var archive = Path.Combine(Path.GetTempPath(), $"mock-operator-curl-{Environment.ProcessId}.tar");
        try
        {
            await Command.RunAsync("bash", ["-c", $"""
                set -euo pipefail
                curl=$(command -v curl)
                tar --create --dereference --absolute-names "$curl" $(ldd "$curl" | grep -o '/[^ ]*') | docker import --change 'ENV PATH=/usr/bin:/bin:/usr/local/bin' - {Reference}
                docker save {Reference} --output {archive}
                """]);
            await cluster.LoadAsync(archive);
        }
        finally
        {
            File.Delete(archive);
        }
    }
}
