using k8s;
using k8s.Models;
using MockOperator.Cli.Terminal;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.Connections;

/// <summary>Finds objects that somebody named.</summary>
internal static class NamedObjects
{
    private const int MostLookedAt = 500;

    /// <summary>Reads one.</summary>
    /// <typeparam name="T">MockServer, Collection, MockQuota.</typeparam>
    /// <param name="call">Whose cluster and namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="CommandException">There is none; the message names those that are there and near.</exception>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public static async Task<T> FindAsync<T>(this ClusterCall call, string name, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        await call.Cluster.Api.GetAsync<T>(call.Key(name), cancellationToken) ?? throw await NoSuchAsync<T>(call, name, cancellationToken);

    /// <summary>Says that there is none, and what there is instead.</summary>
    public static async Task<CommandException> NoSuchAsync<T>(this ClusterCall call, string name, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var kind = ResourceKind.Of<T>();
        var message = $"There is no {kind.Kind} {name} in the namespace {call.Namespace}.";
        try
        {
            var page = await call.Cluster.Api.ListPageAsync<MetadataOf<T>>(new ListQuery { Namespace = call.Namespace, Limit = MostLookedAt }, cancellationToken);
            var names = page.Items.Select(item => item.Metadata.Name).ToList();
            return new CommandException(NearNames.Of(name, names) switch
            {
                { Count: > 0 } near => $"{message} Did you mean {string.Join(" or ", near)}?",
                _ when names.Count == 0 => $"{message} There is none of any name there; -n names another namespace.",
                _ => $"{message} There are: {string.Join(", ", names.Take(10))}{(names.Count > 10 ? ", …" : "")}.",
            });
        }
        catch (ApiException e) when (e.Kind == ApiFailure.Forbidden)
        {
            return new CommandException(message);
        }
        catch (ApiException e) when (e.Kind == ApiFailure.NotFound)
        {
            return new CommandException(ClusterFault.NotInstalled);
        }
    }
}
