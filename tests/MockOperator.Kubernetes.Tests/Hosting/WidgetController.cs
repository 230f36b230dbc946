using System.Collections.Concurrent;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Kubernetes.Tests.Server;

namespace MockOperator.Kubernetes.Tests.Hosting;

/// <summary>Keeps a ConfigMap for each widget and says in its status that it did.</summary>
internal sealed class WidgetController(ResourceClient client, AppliedTokens applied, ResourceStore<MetadataOf<V1ConfigMap>> children, WidgetController.Log log)
    : IEntityController<Widget>
{
    public async Task<ReconciliationResult<Widget>> ReconcileAsync(Widget entity, CancellationToken cancellationToken)
    {
        log.Reconciled.Enqueue(entity.Metadata.Name);
        var child = new V1ConfigMap
        {
            Metadata = new V1ObjectMeta
            {
                Name = $"{entity.Metadata.Name}-child",
                NamespaceProperty = entity.Metadata.NamespaceProperty,
                Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["managed"] = "yes" },
                OwnerReferences = [OwnerMapping.OwnerReferenceTo(entity)],
            },
            Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["size"] = $"{entity.Spec!.Size}" },
        };
        await applied.ApplyAsync(child, children.Get(ObjectKey.Of(child)), cancellationToken);

        var status = new WidgetStatus { Phase = "Ready", ObservedGeneration = entity.Metadata.Generation };
        if (status != entity.Status)
        {
            await client.ApplyStatusAsync(
                new Widget { Metadata = new V1ObjectMeta { Name = entity.Metadata.Name, NamespaceProperty = entity.Metadata.NamespaceProperty }, Status = status },
                cancellationToken: cancellationToken);
        }

        return ReconciliationResult<Widget>.Success(entity);
    }

    public Task<ReconciliationResult<Widget>> DeletedAsync(Widget entity, CancellationToken cancellationToken)
    {
        log.Deleted.Enqueue(entity.Metadata.Name);
        return Task.FromResult(ReconciliationResult<Widget>.Success(entity));
    }

    /// <summary>What the controllers of one host were asked.</summary>
    internal sealed class Log
    {
        public ConcurrentQueue<string> Reconciled { get; } = new();

        public ConcurrentQueue<string> Deleted { get; } = new();
    }
}
