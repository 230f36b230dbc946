using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace MockOperator.Testing;

/// <summary>The objects of a played cluster: versions, generations, owners and watches as an API server keeps them.</summary>
public sealed class PlayedObjects(TimeProvider time)
{
    private const int MostGone = 1000;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<(string Resource, string Namespace, string Name), JsonObject> _objects = new(Comparer<(string Resource, string Namespace, string Name)>.Create(static (a, b) =>
        string.CompareOrdinal(a.Resource, b.Resource) is not 0 and var one ? one : string.CompareOrdinal(a.Namespace, b.Namespace) is not 0 and var two ? two : string.CompareOrdinal(a.Name, b.Name)));

    private readonly List<(string Resource, string? Namespace, Channel<(string Type, JsonObject Object)> News)> _watches = [];
    private readonly Queue<(string Resource, JsonObject Object)> _gone = new();
    private long _version = 1000;

    /// <summary>Called after each write with verb and object, under no lock: where a test plays the operator.</summary>
    public Action<string, JsonObject>? Written { get; set; }

    /// <summary>The version of the newest write.</summary>
    internal string Version
    {
        get
        {
            lock (_gate)
                return _version.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Puts an object there as it is, or over what is there: the work of others.</summary>
    /// <param name="resource">The plural.</param>
    /// <param name="content">The object, with name and namespace.</param>
    /// <returns>The object as it is stored.</returns>
    public JsonObject Put(string resource, JsonObject content)
    {
        ArgumentNullException.ThrowIfNull(content);
        lock (_gate)
        {
            var key = Key(resource, content);
            return _objects.ContainsKey(key) ? Store(key, content, "MODIFIED") : Add(key, content, "played");
        }
    }

    /// <summary>Puts an object there that is written as JSON.</summary>
    /// <param name="resource">The plural.</param>
    /// <param name="json">The object.</param>
    /// <returns>The object as it is stored.</returns>
    public JsonObject Put(string resource, string json) => Put(resource, JsonNode.Parse(json)!.AsObject());

    /// <summary>The object of that name; null when there is none.</summary>
    public JsonObject? Find(string resource, string ns, string name)
    {
        lock (_gate)
            return _objects.GetValueOrDefault((resource, ns, name))?.DeepClone().AsObject();
    }

    /// <summary>All of a kind, by namespace and name.</summary>
    public IReadOnlyList<JsonObject> List(string resource, string? ns = null)
    {
        lock (_gate)
            return [.. _objects.Where(pair => pair.Key.Resource == resource && (ns is null || pair.Key.Namespace == ns)).Select(static pair => pair.Value.DeepClone().AsObject())];
    }

    /// <summary>Removes an object and what it owns.</summary>
    public JsonObject? Remove(string resource, string ns, string name)
    {
        lock (_gate)
        {
            if (!_objects.Remove((resource, ns, name), out var gone))
                return null;
            gone["metadata"]!["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
            _gone.Enqueue((resource, gone));
            if (_gone.Count > MostGone)
                _gone.Dequeue();
            Tell(resource, "DELETED", gone);
            var uid = (string?)gone["metadata"]!["uid"];
            foreach (var owned in _objects.Where(pair => pair.Value["metadata"]!["ownerReferences"] is JsonArray owners && owners.Any(owner => (string?)owner!["uid"] == uid)).Select(static pair => pair.Key).ToList())
                Remove(owned.Resource, owned.Namespace, owned.Name);
            return gone;
        }
    }

    internal JsonObject? Create(string resource, JsonObject content, string manager, bool dryRun)
    {
        lock (_gate)
        {
            if (content["metadata"] is JsonObject metadata && metadata["name"] is null && (string?)metadata["generateName"] is { } prefix)
                metadata["name"] = prefix + Guid.NewGuid().ToString("n")[..5];
            var key = Key(resource, content);
            if (_objects.ContainsKey(key))
                return null;
            content.Remove("status");
            return dryRun ? Stamped(content, null, manager) : Add(key, content, manager);
        }
    }

    /// <summary>Stores what an object has become, unless somebody else has written it since it was read: reading, changing and storing are several steps of a request, and requests come at once.</summary>
    /// <param name="resource">The plural.</param>
    /// <param name="before">The object as it was read; null when there was none.</param>
    /// <param name="content">What is to be stored.</param>
    /// <param name="manager">The field manager.</param>
    /// <param name="dryRun">Whether nothing is stored.</param>
    /// <returns>The object as it is stored; null when another write came first.</returns>
    internal JsonObject? Replace(string resource, JsonObject? before, JsonObject content, string manager, bool dryRun)
    {
        lock (_gate)
        {
            var key = Key(resource, content);
            var now = _objects.GetValueOrDefault(key);
            if ((string?)now?["metadata"]!["resourceVersion"] != (string?)before?["metadata"]!["resourceVersion"])
                return null;
            var stored = Stamped(content, now, manager);
            return dryRun ? stored : Store(key, stored, now is null ? "ADDED" : "MODIFIED");
        }
    }

    /// <summary>What has become of objects after a version, oldest first: how those are that are there, and which are not any more.</summary>
    internal IReadOnlyList<(string Type, JsonObject Object)> Since(string resource, string? ns, long version)
    {
        lock (_gate)
        {
            return
            [
                .. _objects.Where(pair => pair.Key.Resource == resource).Select(static pair => (Type: "MODIFIED", Object: pair.Value))
                    .Concat(_gone.Where(one => one.Resource == resource && version > 0).Select(static one => (Type: "DELETED", one.Object)))
                    .Where(one => VersionOf(one.Object) > version && (ns is null || (string?)one.Object["metadata"]!["namespace"] == ns))
                    .OrderBy(static one => VersionOf(one.Object))
                    .Select(static one => (one.Type, one.Object.DeepClone().AsObject())),
            ];
        }
    }

    /// <summary>The version of an object.</summary>
    internal static long VersionOf(JsonObject one) => long.TryParse((string?)one["metadata"]?["resourceVersion"], CultureInfo.InvariantCulture, out var version) ? version : 0;

    internal ChannelReader<(string Type, JsonObject Object)> Watch(string resource, string? ns, CancellationToken cancellationToken)
    {
        var news = Channel.CreateUnbounded<(string, JsonObject)>();
        lock (_gate)
            _watches.Add((resource, ns, news));
        cancellationToken.Register(() =>
        {
            lock (_gate)
                _watches.RemoveAll(watch => watch.News == news);
        });
        return news.Reader;
    }

    /// <summary>Merges a patch into an object, as RFC 7396 says.</summary>
    internal static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                if (target[name] is not JsonObject)
                    target[name] = new JsonObject();
                Merge(target[name]!.AsObject(), inner);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }

    private static (string Resource, string Namespace, string Name) Key(string resource, JsonObject content) =>
        (resource, (string?)content["metadata"]?["namespace"] ?? "", (string?)content["metadata"]?["name"] ?? throw new ArgumentException("An object without a name.", nameof(content)));

    private JsonObject Add((string Resource, string Namespace, string Name) key, JsonObject content, string manager) => Store(key, Stamped(content, null, manager), "ADDED");

    private JsonObject Stamped(JsonObject content, JsonObject? before, string manager)
    {
        var stored = content.DeepClone().AsObject();
        var metadata = stored["metadata"] as JsonObject ?? [];
        stored["metadata"] = metadata;
        var old = before?["metadata"];
        metadata["uid"] = (string?)old?["uid"] ?? (string?)metadata["uid"] ?? Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = (string?)old?["creationTimestamp"] ?? (string?)metadata["creationTimestamp"] ?? time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var generation = (long?)old?["generation"] ?? 0;
        metadata["generation"] = before is null || !JsonNode.DeepEquals(before["spec"], stored["spec"]) ? generation + 1 : generation;
        var managers = (old?["managedFields"] as JsonArray ?? metadata["managedFields"] as JsonArray)?.DeepClone().AsArray() ?? [];
        if (!managers.Any(entry => (string?)entry!["manager"] == manager))
            managers.Add(new JsonObject { ["manager"] = manager, ["operation"] = "Update", ["time"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) });
        metadata["managedFields"] = managers;
        return stored;
    }

    private JsonObject Store((string Resource, string Namespace, string Name) key, JsonObject content, string type)
    {
        var stored = content.DeepClone().AsObject();
        stored["metadata"]!["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
        _objects[key] = stored;
        Tell(key.Resource, type, stored);
        return stored.DeepClone().AsObject();
    }

    private void Tell(string resource, string type, JsonObject what)
    {
        foreach (var watch in _watches.Where(watch => watch.Resource == resource && (watch.Namespace is null || watch.Namespace == (string?)what["metadata"]!["namespace"])))
            watch.News.Writer.TryWrite((type, what.DeepClone().AsObject()));
    }
}
