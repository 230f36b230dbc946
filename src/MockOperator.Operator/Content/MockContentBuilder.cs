using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Mocking.Serving;
using MockOperator.Operator.Bundles;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Exposure;
using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>Resolves everything that a mock refers to and packs it into a bundle.</summary>
public sealed class MockContentBuilder(
    ResourceClient client,
    ResourceStore<Collection> collections,
    ResourceStore<MetadataOf<V1ConfigMap>> configMaps,
    CollectionPreparer preparer,
    EnvironmentResolver environments,
    ExposureSettings exposure,
    EntityQueue<MockServer> mocks)
{
    /// <summary>
    /// Names the content of a mock without reading it: what of its spec changes answers, and the versions of all objects that content comes from. Only what the stores know is used.
    /// </summary>
    /// <param name="mock">The mock.</param>
    /// <param name="quotas">The quotas that count its calls, by name.</param>
    public string FingerprintOf(MockServer mock, IReadOnlyList<QuotaReference> quotas)
    {
        ArgumentNullException.ThrowIfNull(mock);
        string ns = mock.Metadata.NamespaceProperty;
        MockServerSpec spec = mock.Spec!;
        var text = new StringBuilder().Append(mock.Metadata.Uid);
        if (mock.IsTrimmed)
        {
            // What the store left out can be told apart by this alone.
            text.Append(' ').Append(mock.Metadata.Generation);
        }

        text.Append('\n').Append(JsonSerializer.Serialize(DefinitionBuilder.Build(mock, examples: null, [], ExposurePlan.Of(mock, exposure.Template).Prefixes, quotas), RuntimeJson.Default.MockDefinition));
        text.Append('\n').Append(JsonSerializer.Serialize(spec.Environment, ResourceJson.Default.EnvironmentSpec));
        text.Append('\n').Append(JsonSerializer.Serialize(spec.Collection, ResourceJson.Default.EmbeddedCollection));
        IEnumerable<string> maps = ReferencedConfigMaps.Of(spec);
        if (spec.CollectionRef is { } reference)
        {
            Collection? collection = collections.Get(ns, reference.Name);
            text.Append("\nC ").Append(reference.Name).Append(' ').Append(reference.Version).Append(' ').Append(collection?.Metadata.Uid).Append(' ').Append(collection?.Metadata.Generation);
            maps = maps.Concat(SourceOf(collection?.Spec, reference.Version) is { } source ? ReferencedConfigMaps.Of(source) : []);
        }

        foreach (string map in maps.Distinct(StringComparer.Ordinal))
        {
            MetadataOf<V1ConfigMap>? found = configMaps.Get(ns, map);
            text.Append("\nM ").Append(map).Append(' ').Append(found?.Metadata.Uid).Append(' ').Append(found?.Metadata.ResourceVersion);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Builds the content of a mock.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="quotas">The quotas that count its calls, by name.</param>
    /// <param name="fingerprint">What <see cref="FingerprintOf"/> said.</param>
    /// <param name="tokenHash">Hash of the mock's control token.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>What is to be remembered, and the bundle, which is not; null when large collections of others are read first: then the mock is queued again.</returns>
    public async Task<(MockContent Content, Bundle? Bundle)?> BuildAsync(
        MockServer mock, IReadOnlyList<QuotaReference> quotas, string fingerprint, string tokenHash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        string ns = mock.Metadata.NamespaceProperty;
        MockServer? whole = mock.IsTrimmed ? await client.GetAsync<MockServer>(ObjectKey.Of(mock), cancellation) : mock;
        if (whole?.Spec is null || whole.Metadata.Uid != mock.Metadata.Uid)
        {
            return (new MockContent { Fingerprint = fingerprint, CollectionProblem = new Unresolved("CollectionNotFound", "the MockServer is gone") }, null);
        }

        mock = whole;
        MockServerSpec spec = mock.Spec!;
        ResolvedEnvironment environment = await environments.ResolveAsync(ns, spec.Environment, cancellation);
        (CollectionRequest? request, ServedCollection served, Unresolved? missing) = RequestOf(mock);
        var content = new MockContent
        {
            Fingerprint = fingerprint,
            Collection = served,
            Secrets = environment.Secrets,
            EnvironmentProblem = environment.Problem,
            CollectionProblem = missing,
        };
        if (request is null)
        {
            return (content, null);
        }

        request = request with
        {
            Environment = environment.Layers,
            Options = new MockPlanOptions { Matching = spec.Matching, Delay = spec.Delay, ServerResponse = ServerResponseRules.FindActive(spec), Seed = spec.Seed },
        };
        return await preparer.PrepareAsync(request, cancellation) is { } prepared ? Pack(mock, quotas, content, environment, prepared, tokenHash) : null;
    }

    /// <summary>Forgets a mock that is gone.</summary>
    public void Forget(ObjectKey mock) => preparer.Forget(mock.Namespace, ReaderOf(mock));

    private (MockContent Content, Bundle? Bundle) Pack(
        MockServer mock, IReadOnlyList<QuotaReference> quotas, MockContent content, ResolvedEnvironment environment, PreparedCollection prepared, string tokenHash)
    {
        content = content with { CollectionProblem = prepared.Problem, Skipped = prepared.Skipped, Shadowed = prepared.ShadowedCount, FirstIssue = prepared.FirstSkipped };
        if (prepared.Problem is not null || environment.Problem is not null)
        {
            return (content, null);
        }

        MockDefinition definition = DefinitionBuilder.Build(mock, prepared.Examples, environment.Layers, ExposurePlan.Of(mock, exposure.Template).Prefixes, quotas);
        Bundle bundle = BundleBuilder.Build(definition, prepared.Document, tokenHash);
        if (bundle.Groups.Count > BundleSlots.MostConfigMaps)
        {
            var tooLarge = new Unresolved("ContentTooLarge", $"the content needs more than {BundleSlots.MostConfigMaps} ConfigMaps even when it is compressed");
            return (content with { CollectionProblem = tooLarge }, null);
        }

        return (content with
        {
            Revision = bundle.Revision,
            Examples = prepared.ExampleCount,
            ConfigMaps = bundle.Groups.Count,
            MemoryStep = MemoryBudget.StepFor(bundle.ContentBytes),
        }, bundle);
    }

    private (CollectionRequest? Request, ServedCollection Served, Unresolved? Problem) RequestOf(MockServer mock)
    {
        string ns = mock.Metadata.NamespaceProperty;
        if (mock.Spec!.CollectionRef is not { } reference)
        {
            var inside = new ServedCollection { Name = ServedCollection.Embedded };
            return mock.Spec.Collection is { } embedded
                ? (Request(mock, ServedCollection.Embedded, embedded, inline: null, token => ReadEmbeddedAsync(mock, token)), inside, null)
                : (null, inside, new Unresolved("CollectionNotFound", "the embedded collection is gone"));
        }

        string version = reference.Version ?? CollectionSpec.CurrentVersion;
        var served = new ServedCollection { Name = reference.Name, Version = version };
        Collection? collection = collections.Get(ns, reference.Name);
        if (collection?.Spec is null)
        {
            return (null, served, new Unresolved("CollectionNotFound", $"there is no Collection '{reference.Name}' in namespace '{ns}'"));
        }

        if (SourceOf(collection.Spec, version) is { } source)
        {
            return (Request(mock, served.ToString(), source, InlineVersionOf(collection, version), token => ReadVersionAsync(collection, version, token)), served, null);
        }

        IEnumerable<string> tags = (collection.Spec.Versions ?? []).Select(static tag => $"'{tag.Tag}'").Prepend("'CURRENT'");
        return (null, served, new Unresolved("VersionNotFound", $"the Collection '{reference.Name}' has no version '{version}'; it has {string.Join(", ", tags)}"));
    }

    private CollectionRequest Request(MockServer mock, string name, ICollectionSource source, string? inline, Func<CancellationToken, Task<ICollectionSource?>> readWhole)
    {
        ObjectKey key = ObjectKey.Of(mock);
        return new CollectionRequest
        {
            Namespace = key.Namespace,
            Reader = ReaderOf(key),
            Name = name,
            Source = source,
            ReadWhole = readWhole,
            Versions = ContentVersions.Of(key.Namespace, source, inline, configMaps),
            Wake = () => mocks(key),
        };
    }

    private async Task<ICollectionSource?> ReadEmbeddedAsync(MockServer mock, CancellationToken cancellation) =>
        (mock.IsTrimmed ? await client.GetAsync<MockServer>(ObjectKey.Of(mock), cancellation) : mock)?.Spec?.Collection;

    private async Task<ICollectionSource?> ReadVersionAsync(Collection collection, string version, CancellationToken cancellation) =>
        SourceOf((collection.IsTrimmed ? await client.GetAsync<Collection>(ObjectKey.Of(collection), cancellation) : collection)?.Spec, version);

    private static string ReaderOf(ObjectKey mock) => $"{MockServer.KubeKind} {mock}";

    /// <summary>Names the version of the inline content of a Collection's version.</summary>
    public static string InlineVersionOf(Collection collection, string version)
    {
        ArgumentNullException.ThrowIfNull(collection);
        return $"{collection.Metadata.Uid} {collection.Metadata.Generation} {version}";
    }

    private static ICollectionSource? SourceOf(CollectionSpec? spec, string? version) =>
        version is null or CollectionSpec.CurrentVersion ? spec : spec?.Versions?.FirstOrDefault(tag => tag.Tag == version);
}
