using k8s;
using k8s.Models;
using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Client.Mocks;

/// <summary>Makes mocks of drafts.</summary>
public sealed class MockMaker(MockCluster cluster)
{
    /// <summary>The objects that a draft becomes, in the order in which they are written: what would be applied, to be shown or printed. Nothing is sent.</summary>
    /// <param name="draft">The draft.</param>
    /// <returns>ConfigMaps and Secrets, the Collection, the MockServer.</returns>
    /// <exception cref="DocumentException">The draft breaks a rule; the message names the field.</exception>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Render(MockDraft draft) => throw new NotImplementedException();

    /// <summary>Makes the mock and all that it takes. When a write is refused, what this call had written before is removed again.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="dryRun">Whether the server only judges.</param>
    /// <param name="cancellationToken">Ends the calls; what is written then is removed again.</param>
    /// <returns>The MockServer as the server has it.</returns>
    /// <exception cref="ApiException">A name is taken, the server refused, or it cannot be reached. What could not be removed is named in the message.</exception>
    /// <exception cref="DocumentException">The draft breaks a rule; the message names the field.</exception>
    public Task<MockServer> MakeAsync(MockDraft draft, bool dryRun = false, CancellationToken cancellationToken = default) => throw new NotImplementedException(cluster.Namespace);

    /// <summary>Waits until a mock is ready, or until only an edit would help.</summary>
    /// <param name="made">The mock as it was written.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="told">Told of each status on the way.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The mock as it was seen last: ready, stalled, or what it was when patience ended.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<MockServer> WaitAsync(MockServer made, TimeSpan patience, Action<MockServer>? told = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
