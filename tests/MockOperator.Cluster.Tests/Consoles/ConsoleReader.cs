using System.Text;
using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Consoles;

/// <summary>A service account that uses the console and the command line, with a role of Kubernetes or none.</summary>
/// <param name="Role">Name of the account, after its role.</param>
/// <param name="Token">Its token.</param>
internal sealed record ConsoleReader(string Role, string Token)
{
    /// <summary>Makes the account, and binds it to the role in the namespace.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="space">The namespace.</param>
    /// <param name="role"><c>view</c>, <c>edit</c>, <c>admin</c>, or <c>nobody</c> for no role at all.</param>
    public static async Task<ConsoleReader> CreateAsync(TestCluster cluster, string space, string role)
    {
        await cluster.KubectlAsync("-n", space, "create", "serviceaccount", role);
        if (role != "nobody")
            await cluster.KubectlAsync("-n", space, "create", "rolebinding", role, $"--clusterrole={role}", $"--serviceaccount={space}:{role}");
        // Before 1.24 every account has a Secret with a token, and kubectl can ask for none.
        var token = cluster.Minor >= 24
            ? (await cluster.KubectlAsync("-n", space, "create", "token", role, "--duration=1h")).Trim()
            : Encoding.UTF8.GetString(Convert.FromBase64String(await Eventually.GetAsync($"{role} has a token", () => SecretAsync(cluster, space, role), cluster.StateAsync)));
        return new ConsoleReader(role, token);
    }

    /// <summary>Writes a kubeconfig with which a command acts as this account.</summary>
    public async Task WriteKubeconfigAsync(TestCluster cluster, string file, string space)
    {
        await cluster.CopyKubeconfigAsync(file);
        var kubeconfig = new Dictionary<string, string>(StringComparer.Ordinal) { ["KUBECONFIG"] = file };
        await Command.RunAsync("kubectl", ["config", "set-credentials", Role, $"--token={Token}"], kubeconfig);
        await Command.RunAsync("kubectl", ["config", "set-context", "--current", $"--user={Role}", $"--namespace={space}"], kubeconfig);
    }

    private static async Task<string?> SecretAsync(TestCluster cluster, string space, string role)
    {
        var account = await cluster.Api.GetAsync($"api/v1/namespaces/{space}/serviceaccounts/{role}");
        return (string?)(account["secrets"] as JsonArray)?[0]?["name"] is { } name ? (string?)(await cluster.Api.GetAsync($"api/v1/namespaces/{space}/secrets/{name}"))["data"]?["token"] : null;
    }
}
