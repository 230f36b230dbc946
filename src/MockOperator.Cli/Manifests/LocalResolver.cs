using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MockOperator.Resources;
using MockOperator.Runtime.Access;

namespace MockOperator.Cli.Manifests;

/// <summary>
/// Resolves references among the given files. A MockServer is served as the operator would serve it; a Collection that no MockServer refers to, and a bare
/// Postman collection, become public mocks with defaults.
/// </summary>
internal sealed class LocalResolver(LocalDocuments documents)
{
    private readonly List<LocalMock> _mocks = [];
    private readonly List<LocalProblem> _problems = [.. documents.Problems];
    private readonly HashSet<(string Namespace, string Name)> _referenced = [];
    private readonly List<RefusedMock> _refusedMocks = [];
    private readonly HashSet<LocalObject> _refused = new(ReferenceEqualityComparer.Instance);

    /// <summary>Judges and resolves everything.</summary>
    public LocalMocks Resolve()
    {
        foreach (LocalObject local in documents.Objects)
        {
            IReadOnlyList<LocalProblem> problems = ObjectJudge.Judge(local);
            _problems.AddRange(problems);
            if (problems.Count > 0)
            {
                _refused.Add(local);
            }
        }

        foreach (LocalObject server in documents.Objects.Where(static local => local.Kind == "MockServer"))
        {
            AddServer(server);
        }

        foreach (LocalObject collection in documents.Objects.Where(local => local.Kind == "Collection" && !_referenced.Contains((local.Namespace, local.Name))))
        {
            AddCollection(collection);
        }

        foreach ((string source, ReadOnlyMemory<byte> document) in documents.Collections)
        {
            var definition = new MockDefinition { Name = MockName.FromFile(source), Namespace = LocalDocuments.DefaultNamespace };
            Add(source, new LocalMock(source, definition, document, documents.Environment, LocalKeys.None));
        }

        return new LocalMocks(_mocks, _problems) { Refused = _refusedMocks };
    }

    private void AddServer(LocalObject server)
    {
        if (!TryReadSpec(server, RuntimeJson.Default.MockServerSpec, out MockServerSpec? spec))
        {
            // Its Collection must not be served to everybody instead, because the mock that was to restrict it has a fault.
            if (server.TextAt("spec", "collectionRef", "name") is { } name)
            {
                _referenced.Add((server.Namespace, name));
            }

            _refusedMocks.Add(new RefusedMock(server.Namespace, server.Name, LocalKeys.ReadOfRefused(documents, server)));
            return;
        }

        if (!TryFindSource(server, spec, out ICollectionSource? source, out string? problem)
            || !TryReadSource(server, source, out ReadOnlyMemory<byte>? collection, out problem)
            || !new LocalEnvironment(documents, server.Namespace).TryMerge(spec.Environment, out IReadOnlyDictionary<string, string>? environment, out problem))
        {
            _problems.Add(new LocalProblem(server.Where, problem));
            return;
        }

        ApiKeyRing keys = LocalKeys.Read(documents, server, spec);
        Add(server.Where, new LocalMock(server.Source, Define(server, spec, source), collection, environment, keys) { HasQuota = spec.Quota is not null });
        if (spec.Private is true && keys.Problem is { } closed)
        {
            _problems.Add(new LocalProblem(server.Where, $"The mock is private and refuses every call: {closed}"));
        }
    }

    private void AddCollection(LocalObject collection)
    {
        if (!TryReadSpec(collection, RuntimeJson.Default.CollectionSpec, out CollectionSpec? spec))
        {
            return;
        }

        if (!TryReadSource(collection, spec, out ReadOnlyMemory<byte>? document, out string? problem))
        {
            _problems.Add(new LocalProblem(collection.Where, problem));
            return;
        }

        Add(collection.Where, new LocalMock(collection.Source, Define(collection, new MockServerSpec(), spec), document, documents.Environment, LocalKeys.None));
    }

    private void Add(string where, LocalMock mock)
    {
        if (_mocks.Exists(other => other.Definition.Name == mock.Definition.Name && other.Definition.Namespace == mock.Definition.Namespace))
        {
            _problems.Add(new LocalProblem(where, $"There is another mock named '{mock.Definition.Name}'; the first one is served. Rename one of them."));
            return;
        }

        _mocks.Add(mock);
    }

    private static MockDefinition Define(LocalObject local, MockServerSpec spec, ICollectionSource source) => new()
    {
        Name = local.Name,
        Namespace = local.Namespace,
        Examples = source.Examples,
        Access = AccessDefinition.Of(spec.Private, spec.ApiKeys),
        // There is no ingress controller here that could speak CORS instead.
        Cors = spec.Cors is null ? null : spec.Cors with { At = CorsLocation.Runtime },
        Matching = spec.Matching,
        Delay = spec.Delay,
        ServerResponse = ServerResponseRules.FindActive(spec),
        RateLimit = spec.RateLimit,
        CallLog = spec.CallLog,
        Seed = spec.Seed,
    };

    private bool TryFindSource(
        LocalObject server, MockServerSpec spec, [NotNullWhen(true)] out ICollectionSource? source, [NotNullWhen(false)] out string? problem)
    {
        source = spec.Collection;
        problem = null;
        if (spec.CollectionRef is not { } reference)
        {
            return source is not null;
        }

        _referenced.Add((server.Namespace, reference.Name));
        LocalObject? collection = documents.Find("Collection", server.Namespace, reference.Name);
        if (collection is null)
        {
            problem = $"Collection '{reference.Name}' is not among the given files.";
            return false;
        }

        if (!TryReadSpec(collection, RuntimeJson.Default.CollectionSpec, out CollectionSpec? found))
        {
            problem = $"Collection '{reference.Name}' cannot be read.";
            return false;
        }

        string version = reference.Version ?? CollectionSpec.CurrentVersion;
        source = version == CollectionSpec.CurrentVersion ? found : found.Versions?.FirstOrDefault(candidate => candidate.Tag == version);
        if (source is null)
        {
            string tags = string.Join(", ", [CollectionSpec.CurrentVersion, .. (found.Versions ?? []).Select(static candidate => candidate.Tag)]);
            problem = $"Collection '{reference.Name}' has no version '{version}'. There are: {tags}.";
            return false;
        }

        return true;
    }

    private bool TryReadSource(
        LocalObject owner, ICollectionSource source, out ReadOnlyMemory<byte>? collection, [NotNullWhen(false)] out string? problem)
    {
        collection = null;
        problem = null;
        if (source.Postman is { } inline)
        {
            collection = Encoding.UTF8.GetBytes(inline.GetRawText());
        }
        else if (source.ConfigMapKeyRef is { } reference)
        {
            if (!ConfigData.TryReadDocument(reference, name => documents.Find("ConfigMap", owner.Namespace, name), out byte[]? document, out problem))
            {
                return false;
            }

            collection = document;
        }

        return true;
    }

    /// <summary>Reads a spec. What was refused is not read: why has been told.</summary>
    private bool TryReadSpec<T>(LocalObject local, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? spec)
        where T : class
    {
        spec = _refused.Contains(local) ? null : local.Body.GetProperty("spec").Deserialize(type);
        return spec is not null;
    }
}
