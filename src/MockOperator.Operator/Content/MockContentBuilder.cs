using System.Security.Cryptography;
using System.Text;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Mocking.Serving;
using MockOperator.Operator.Bundles;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Exposure;
using MockOperator.Operator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>Resolves everything that a mock refers to and packs it into a bundle.</summary>
public sealed class MockContentBuilder(
    ResourceClient client,
    ResourceStore<Collection> collections,
    ResourceStore<MetadataOf<V1ConfigMap>> configMaps,
    CollectionSourceReader sources,
    EnvironmentResolver environments,
    ExposureSettings exposure)
{
    private const string EmbeddedName = "(embedded)";

    /// <summary>
    /// Names the content of a mock without reading it: the versions of all objects that it comes from. Only what the stores know is used.
    /// </summary>
    public string FingerprintOf(MockServer mock)
    {
        ArgumentNullException.ThrowIfNull(mock);
        string ns = mock.Metadata.NamespaceProperty;
        var text = new StringBuilder().Append(mock.Metadata.Uid).Append(' ').Append(mock.Metadata.Generation);
        IEnumerable<string> maps = ReferencedConfigMaps.Of(mock.Spec!);
        if (mock.Spec!.CollectionRef is { } reference)
        {
            Collection? collection = collections.Get(ns, reference.Name);
            text.Append("\nC ").Append(collection?.Metadata.Uid).Append(' ').Append(collection?.Metadata.Generation);
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
    /// <param name="fingerprint">What <see cref="FingerprintOf"/> said.</param>
    /// <param name="tokenHash">Hash of the mock's control token.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>What is to be remembered, and the bundle, which is not.</returns>
    public async Task<(MockContent Content, Bundle? Bundle)> BuildAsync(
        MockServer mock, string fingerprint, string tokenHash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        string ns = mock.Metadata.NamespaceProperty;
        MockServer? whole = mock.IsTrimmed ? await client.GetAsync<MockServer>(ObjectKey.Of(mock), cancellation) : mock;
        if (whole?.Spec is null || whole.Metadata.Uid != mock.Metadata.Uid)
        {
            return (new MockContent { Fingerprint = fingerprint, CollectionProblem = new Unresolved("CollectionNotFound", "the MockServer is gone") }, null);
        }

        mock = whole;
        ResolvedEnvironment environment = await environments.ResolveAsync(ns, mock.Spec!.Environment, cancellation);
        (ICollectionSource? source, string name, Unresolved? missing) = await SourceOfAsync(mock, cancellation);
        var content = new MockContent
        {
            Fingerprint = fingerprint,
            Collection = name,
            Secrets = environment.Secrets,
            EnvironmentProblem = environment.Problem,
            CollectionProblem = missing,
        };
        return source is null
            ? (content, null)
            : await sources.ReadAsync(ns, name, source, read => Pack(mock, content, environment, read, tokenHash), cancellation);
    }

    private (MockContent Content, Bundle? Bundle) Pack(MockServer mock, MockContent content, ResolvedEnvironment environment, CollectionContent read, string tokenHash)
    {
        List<LoadIssue> issues = [.. read.Loaded?.Issues.Where(static issue => issue.Severity != LoadIssueSeverity.Warning) ?? []];
        content = content with
        {
            CollectionProblem = read.Problem,
            Skipped = issues.Count,
            FirstIssue = issues.Count == 0 ? null : IssueText.Of(issues[0]),
        };
        if (read.Problem is not null || environment.Problem is not null)
        {
            return (content, null);
        }

        MockServerSpec spec = mock.Spec!;
        var options = new MockPlanOptions { Matching = spec.Matching, Delay = spec.Delay, ServerResponse = spec.ServerResponse, Seed = spec.Seed };
        int examples = MockPlan.Compile(read.Loaded!, environment.KnownVariables(), options).ExampleCount;
        MockDefinition definition = DefinitionBuilder.Build(mock, read.Examples, environment.Layers, ExposurePlan.Of(mock, exposure.Template).Prefixes);
        Bundle bundle = BundleBuilder.Build(definition, read.Document, tokenHash);
        if (bundle.Groups.Count > BundleBuilder.MostConfigMaps)
        {
            var tooLarge = new Unresolved("ContentTooLarge", $"the content needs more than {BundleBuilder.MostConfigMaps} ConfigMaps even when it is compressed");
            return (content with { CollectionProblem = tooLarge }, null);
        }

        return (content with
        {
            Revision = bundle.Revision,
            Examples = examples,
            ConfigMaps = bundle.Groups.Count,
            MemoryStep = MemoryBudget.StepFor(bundle.ContentBytes),
        }, bundle);
    }

    private async Task<(ICollectionSource? Source, string Name, Unresolved? Problem)> SourceOfAsync(MockServer mock, CancellationToken cancellation)
    {
        string ns = mock.Metadata.NamespaceProperty;
        if (mock.Spec!.CollectionRef is not { } reference)
        {
            return mock.Spec.Collection is { } embedded
                ? (embedded, EmbeddedName, null)
                : (null, EmbeddedName, new Unresolved("CollectionNotFound", "the embedded collection is gone"));
        }

        string version = reference.Version ?? CollectionSpec.CurrentVersion;
        string name = $"{reference.Name} {version}";
        Collection? collection = collections.Get(ns, reference.Name);
        if (collection is { IsTrimmed: true })
        {
            collection = await client.GetAsync<Collection>(ObjectKey.Of(collection), cancellation);
        }

        if (collection?.Spec is null)
        {
            return (null, name, new Unresolved("CollectionNotFound", $"there is no Collection '{reference.Name}' in namespace '{ns}'"));
        }

        if (SourceOf(collection.Spec, version) is { } source)
        {
            return (source, name, null);
        }

        IEnumerable<string> tags = (collection.Spec.Versions ?? []).Select(static tag => $"'{tag.Tag}'").Prepend("'CURRENT'");
        return (null, name, new Unresolved("VersionNotFound", $"the Collection '{reference.Name}' has no version '{version}'; it has {string.Join(", ", tags)}"));
    }

    private static ICollectionSource? SourceOf(CollectionSpec? spec, string? version) =>
        version is null or CollectionSpec.CurrentVersion ? spec : spec?.Versions?.FirstOrDefault(tag => tag.Tag == version);
}
