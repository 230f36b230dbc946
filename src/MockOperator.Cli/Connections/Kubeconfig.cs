using k8s;
using k8s.Exceptions;
using MockOperator.Cli.Terminal;

namespace MockOperator.Cli.Connections;

/// <summary>Finds server and credentials as kubectl does.</summary>
internal static class Kubeconfig
{
    /// <summary>Reads them.</summary>
    /// <param name="file">The one file to read; null for those of <c>KUBECONFIG</c>, or <c>~/.kube/config</c>.</param>
    /// <param name="context">Which context; null for the current one.</param>
    /// <exception cref="CommandException">There is none, or it cannot be used.</exception>
    public static KubernetesClientConfiguration Read(string? file, string? context)
    {
        try
        {
            return file is null && context is null
                ? KubernetesClientConfiguration.BuildDefaultConfig()
                : KubernetesClientConfiguration.BuildConfigFromConfigFile(file, context);
        }
        catch (KubeConfigException e)
        {
            throw new CommandException(e.Message, e);
        }
    }
}
