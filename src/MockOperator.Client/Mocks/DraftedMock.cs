using k8s;
using k8s.Models;
using MockOperator.Client.Collections;
using MockOperator.Client.Documents;
using MockOperator.Client.Environments;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Client.Mocks;

/// <summary>The objects that a draft becomes.</summary>
/// <param name="Collection">The collection that is stored with it; null for none.</param>
/// <param name="Mock">The mock.</param>
internal sealed record DraftedMock(NewCollection? Collection, MockServer Mock)
{
    /// <summary>What names of environments end with that are stored with a mock.</summary>
    private const string EnvironmentSuffix = "-environment";

    /// <summary>Name of the environment that is stored with a mock.</summary>
    public static ObjectKey EnvironmentKey(ObjectKey mock) => mock with { Name = mock.Name + EnvironmentSuffix };

    /// <summary>Plans the objects of a draft.</summary>
    /// <exception cref="DocumentException">The draft breaks a rule; the message names the field.</exception>
    public static DraftedMock Of(MockDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var given = (draft.Document is null ? 0 : 1) + (draft.Collection is null ? 0 : 1) + (draft.Examples is null ? 0 : 1);
        if (given != 1)
            throw new DocumentException("A mock takes exactly one of a collection to store, a Collection that is there, and examples written by hand.");
        if (draft.EnvironmentDocument is not null && draft.Environment is not null)
            throw new DocumentException("A mock takes one environment: one to store, or one that is there.");

        var key = new ObjectKey(draft.Namespace, draft.Name);
        var stored = draft.DocumentName ?? draft.Name;
        var spec = new MockServerSpec
        {
            DisplayName = string.IsNullOrEmpty(draft.DisplayName) ? null : draft.DisplayName,
            CollectionRef = draft.Collection ?? (draft.Document is null ? null : new CollectionReference { Name = stored }),
            Collection = draft.Examples is null ? null : new EmbeddedCollection { Examples = draft.Examples },
            Environment = draft.EnvironmentDocument is { } environment
                ? new EnvironmentSpec { Postman = EnvironmentStore.ReferenceTo(EnvironmentKey(key).Name, environment.IsSecret) }
                : draft.Environment,
            Private = draft.Private ? true : null,
            PublishUrl = draft.SaveUrl is null ? null : new PublishUrlSpec { ConfigMap = draft.SaveUrl },
            Delay = draft.Delay,
        };
        spec = draft.Serving?.Apply(spec) ?? spec;
        SpecCheck.Throw(draft.Name, spec);
        return new(
            draft.Document is null ? null : NewCollection.Of(new ObjectKey(draft.Namespace, stored), draft.Document),
            new MockServer { Metadata = new V1ObjectMeta { Name = draft.Name, NamespaceProperty = draft.Namespace }, Spec = spec });
    }

    /// <summary>All objects, in the order in which they are written.</summary>
    public IEnumerable<IKubernetesObject<V1ObjectMeta>> Objects(EnvironmentDocument? environment)
    {
        if (environment is not null)
        {
            var key = EnvironmentKey(ObjectKey.Of(Mock));
            yield return environment.IsSecret ? EnvironmentStore.SecretOf(key, environment) : EnvironmentStore.ConfigMapOf(key, environment);
        }

        if (Collection is not null)
        {
            foreach (var piece in Collection.Pieces)
                yield return piece;
            yield return Collection.Object;
        }

        yield return Mock;
    }
}
