using System.Text.Json;
using k8s;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Connections;
using MockOperator.Resources;

namespace MockOperator.Client.Connections;

/// <summary>A cluster as one caller sees it: every request carries that caller's credentials, and nobody else's.</summary>
/// <remarks>Safe for use by many at once. Disposing of it closes its connections.</remarks>
public sealed class MockCluster : IDisposable
{
    private readonly ApiTransport _transport;

    /// <summary>Connects as a configuration says. Nothing is sent yet.</summary>
    /// <param name="configuration">Server, credentials and trust, such as a kubeconfig gives them.</param>
    /// <param name="fieldManager">Whom writes are attributed to in <c>managedFields</c>, such as <c>kubectl-mock</c>.</param>
    /// <param name="time">The clock of waits.</param>
    public MockCluster(KubernetesClientConfiguration configuration, string fieldManager, TimeProvider? time = null)
        : this(new ClusterConnection(configuration), fieldManager, time)
    {
    }

    /// <summary>Connects as a kubeconfig says. Nothing is sent yet.</summary>
    /// <param name="connection">Server, credentials and trust, and in whose name to act.</param>
    /// <param name="fieldManager">Whom writes are attributed to in <c>managedFields</c>, such as <c>kubectl-mock</c>.</param>
    /// <param name="time">The clock of waits.</param>
    public MockCluster(ClusterConnection connection, string fieldManager, TimeProvider? time = null)
        : this(ApiTransport.Connect(connection), connection?.Configuration.Namespace, fieldManager, time)
    {
    }

    internal MockCluster(ApiTransport transport, string? inNamespace, string fieldManager, TimeProvider? time)
    {
        ArgumentException.ThrowIfNullOrEmpty(fieldManager);
        _transport = transport;
        Time = time ?? TimeProvider.System;
        Namespace = string.IsNullOrEmpty(inNamespace) ? "default" : inNamespace;
        // Strict: a misspelt field of ours is a fault of the program, never to be dropped in silence. Servers before 1.25 ignore the parameter.
        Api = new ResourceClient(_transport, new ResourceClientOptions { FieldManager = fieldManager, FieldValidation = "Strict", Json = Json }, Time);
    }

    /// <summary>The JSON rules of all kinds that are used here.</summary>
    public static JsonSerializerOptions Json { get; } = ApiJson.CreateWithoutOwnership(ResourceJson.Default, KindJson.Default, ClusterJson.Default);

    /// <summary>Reads and writes objects.</summary>
    public ResourceClient Api { get; }

    /// <summary>The namespace that is meant where none is named.</summary>
    public string Namespace { get; }

    /// <summary>The clock of waits.</summary>
    public TimeProvider Time { get; }

    /// <summary>The server.</summary>
    public Uri Server => _transport.Server;

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();
}
