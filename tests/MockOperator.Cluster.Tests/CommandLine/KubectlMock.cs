using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.CommandLine;

/// <summary>The command line as people install it: the native program, out of the image of the console.</summary>
internal static class KubectlMock
{
    private static readonly Lazy<Task<string>> s_folder = new(ExtractAsync);

    /// <summary>A folder with <c>kubectl-mock</c>, for a PATH.</summary>
    public static Task<string> FolderAsync() => s_folder.Value;

    /// <summary>Runs it and gives back its standard output; when it fails, throws with all that it printed.</summary>
    public static async Task<string> RunAsync(string kubeconfig, params string[] arguments) =>
        await Command.RunAsync(Path.Combine(await FolderAsync(), "kubectl-mock"), arguments, new Dictionary<string, string>(StringComparer.Ordinal) { ["KUBECONFIG"] = kubeconfig });

    private static async Task<string> ExtractAsync()
    {
        var image = await BuiltImage.ConsoleAsync();
        var folder = Directory.CreateTempSubdirectory("mock-operator-cli-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        await Command.RunAsync("bash", ["-c", "set -o pipefail; tar -xOf \"$1\" layer.tar | tar -xf - -C \"$2\" ./kubectl-mock", "extract", image.Archive, folder]);
        return folder;
    }
}
