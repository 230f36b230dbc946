using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace MockOperator.Operator.Tests.Cluster;

/// <summary>
/// An API server in memory, as far as the operator needs one: lists, watches, gets, server-side apply with ownership, status, merge patches, creates and
/// deletes. It counts what is written.
/// </summary>
internal sealed class FakeCluster : HttpMessageHandler
{
    private static readonly Dictionary<string, string> s_kinds = new(StringComparer.Ordinal)
    {
        ["mockservers"] = "MockServer",
        ["collections"] = "Collection",
        ["mockquotas"] = "MockQuota",
        ["configmaps"] = "ConfigMap",
        ["deployments"] = "Deployment",
        ["replicasets"] = "ReplicaSet",
        ["services"] = "Service",
        ["serviceaccounts"] = "ServiceAccount",
        ["pods"] = "Pod",
        ["secrets"] = "Secret",
        ["ingresses"] = "Ingress",
        ["ingressclasses"] = "IngressClass",
        ["httproutes"] = "HTTPRoute",
        ["gateways"] = "Gateway",
        ["middlewares"] = "Middleware",
        ["events"] = "Event",
    };

    private static readonly DateTimeOffset s_begun = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Plural, string Namespace, string Name), StoredObject> _objects = [];
    private readonly List<(string Plural, string? Selector, bool MetadataOnly, Channel<string> Lines)> _watches = [];
    private readonly List<(string Plural, StoredObject Stored)> _deleted = [];
    private readonly ConcurrentDictionary<string, bool> _absent = new(StringComparer.Ordinal) { ["httproutes"] = true, ["gateways"] = true, ["middlewares"] = true };
    private long _version = 100;

    /// <summary>Every write but those of events, as "VERB plural/name[/subresource]".</summary>
    public ConcurrentQueue<string> Writes { get; } = new();

    /// <summary>Every read of one object.</summary>
    public ConcurrentQueue<string> Gets { get; } = new();

    /// <summary>Every request but watches, as "VERB plural", where the verb is the API's: get, list, patch, create, delete, discover.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Called after each write, under no lock: where a test plays the cluster's own controllers.</summary>
    public Action<string, JsonObject>? Written { get; set; }

    /// <summary>Called after each read of one object, under no lock: where a test changes it before the operator acts on what it read.</summary>
    public Action<string>? Read { get; set; }

    /// <summary>Whether the cluster has an ingress controller that gives each new Ingress its address.</summary>
    public bool GivesAddresses { get; set; } = true;

    /// <summary>Whether the cluster has Gateways and HTTPRoutes. When they go, all of them are gone.</summary>
    public bool HasGatewayApi
    {
        get => !_absent.ContainsKey("httproutes");
        set
        {
            Serve("httproutes", value);
            Serve("gateways", value);
        }
    }

    /// <summary>Whether the cluster has Middlewares of Traefik.</summary>
    public bool HasTraefik
    {
        get => !_absent.ContainsKey("middlewares");
        set => Serve("middlewares", value);
    }

    /// <summary>Objects of which lists and watches say nothing, as "plural/name", when set.</summary>
    public Func<string, bool>? Hides { get; set; }

    /// <summary>Answers a write with this status instead, when set.</summary>
    public Func<string, HttpStatusCode?>? Refuse { get; set; }

    /// <summary>Answers a write with this <c>Status</c> instead, when set: what a policy says.</summary>
    public Func<string, JsonObject?>? Deny { get; set; }

    /// <summary>What a dry run answers instead of what it was given, when set: another object, or a <c>Status</c>. Called with "plural/name".</summary>
    public Func<string, JsonObject, JsonObject>? Tried { get; set; }

    public JsonObject? Find(string plural, string name, string ns = "demo")
    {
        lock (_lock)
        {
            return _objects.TryGetValue((plural, ns, name), out StoredObject? found) ? found.Render() : null;
        }
    }

    public IReadOnlyList<JsonObject> List(string plural)
    {
        lock (_lock)
        {
            return [.. _objects.Where(pair => pair.Key.Plural == plural).Select(static pair => pair.Value.Render())];
        }
    }

    /// <summary>Creates or changes an object as a user would: not through the operator.</summary>
    public JsonObject Put(string plural, string name, JsonObject content, JsonObject? status = null, string ns = "demo")
    {
        lock (_lock)
        {
            StoredObject stored = GetOrAdd(plural, ns, name, out bool isNew);
            string before = stored.Base["spec"]?.ToJsonString() ?? "";
            foreach (JsonObject applied in stored.Applied.Values)
            {
                Disown(applied, content);
            }

            StoredObject.Merge(stored.Base, content);
            if (!isNew && (stored.Base["spec"]?.ToJsonString() ?? "") != before)
            {
                stored.Generation++;
            }

            stored.Status = status ?? stored.Status;
            Publish(plural, stored, isNew ? "ADDED" : "MODIFIED");
            return stored.Render();
        }
    }

    public void Remove(string plural, string name, string ns = "demo")
    {
        lock (_lock)
        {
            if (_objects.Remove((plural, ns, name), out StoredObject? gone))
            {
                Publish(plural, gone, "DELETED");
                _deleted.Add((plural, gone));
                CollectGarbage(gone.Uid);
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (FakeDiscovery.Asks(request.RequestUri!.AbsolutePath))
        {
            Requests.Enqueue($"discover {request.RequestUri.AbsolutePath}");
            return FakeDiscovery.Answer(request.RequestUri.AbsolutePath, _absent.Keys) is { } found ? Json(found) : Failure(HttpStatusCode.NotFound, "the fake has no such API");
        }

        (string plural, string ns, string? name, string? subresource) = Address(request.RequestUri.AbsolutePath);
        Dictionary<string, string> query = request.RequestUri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(static pair => pair.Split('=', 2))
            .ToDictionary(static pair => pair[0], static pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);
        bool metadataOnly = request.Headers.Accept.ToString().Contains("PartialObjectMetadata", StringComparison.Ordinal);
        JsonObject? body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken)) as JsonObject;
        bool isWatch = query.ContainsKey("watch");
        if (!isWatch)
        {
            Requests.Enqueue($"{(request.Method.Method == "GET" ? name is null ? "list" : "get" : request.Method.Method.ToLowerInvariant())} {plural}");
        }

        if (_absent.ContainsKey(plural))
        {
            return Failure(HttpStatusCode.NotFound, "the server could not find the requested resource");
        }

        if (request.Method == HttpMethod.Get)
        {
            return name is not null ? Get(plural, ns, name)
                : isWatch ? Watch(plural, query.GetValueOrDefault("labelSelector"), long.Parse(query["resourceVersion"]), metadataOnly, cancellationToken)
                : ListPage(plural, query.GetValueOrDefault("labelSelector"));
        }

        string described = $"{request.Method} {plural}/{name}{(subresource is null ? "" : "/" + subresource)}";
        if (Refuse?.Invoke(described) is { } refusal)
        {
            return Failure(refusal, "refused by the test");
        }

        if (Deny?.Invoke(described) is { } denial)
        {
            return Told(denial);
        }

        if (query.ContainsKey("dryRun"))
        {
            return Told(Tried?.Invoke($"{plural}/{name}", body!) ?? body!);
        }

        (HttpResponseMessage response, JsonObject? written) = request.Method.Method switch
        {
            "PATCH" => Patch(plural, ns, name!, subresource, query, request.Content!.Headers.ContentType!.MediaType!, body!),
            "PUT" when subresource == "status" => Patch(plural, ns, name!, subresource, query, "", body!),
            "POST" => Create(plural, ns, body!),
            "DELETE" => Delete(plural, ns, name!, body),
            _ => (Failure(HttpStatusCode.MethodNotAllowed, "not known to the fake"), null),
        };
        if (written is not null && plural != "events")
        {
            Writes.Enqueue(described);
            Written?.Invoke(plural, written);
        }

        return response;
    }

    // As when a CustomResourceDefinition is made or removed: watches end, and there is nothing to watch any more.
    private void Serve(string plural, bool isServed)
    {
        lock (_lock)
        {
            if (isServed)
            {
                _absent.TryRemove(plural, out _);
                return;
            }

            _absent[plural] = true;
            foreach ((string Plural, string Namespace, string Name) gone in _objects.Keys.Where(key => key.Plural == plural).ToList())
            {
                _objects.Remove(gone);
            }

            foreach (var watch in _watches.Where(watch => watch.Plural == plural).ToList())
            {
                watch.Lines.Writer.TryComplete();
                _watches.Remove(watch);
            }
        }
    }

    private HttpResponseMessage Get(string plural, string ns, string name)
    {
        Gets.Enqueue($"{plural}/{name}");
        JsonObject? read = Find(plural, name, ns);
        Read?.Invoke($"{plural}/{name}");
        return read is { } found ? Json(found) : Failure(HttpStatusCode.NotFound, $"{plural} \"{name}\" not found");
    }

    private HttpResponseMessage ListPage(string plural, string? selector)
    {
        lock (_lock)
        {
            JsonNode?[] items = [.. _objects.Where(pair => pair.Key.Plural == plural && Matches(plural, pair.Value, selector)).Select(static pair => pair.Value.Render())];
            return Json(new JsonObject { ["kind"] = "List", ["apiVersion"] = "v1", ["metadata"] = new JsonObject { ["resourceVersion"] = _version.ToString() }, ["items"] = new JsonArray(items) });
        }
    }

    private HttpResponseMessage Watch(string plural, string? selector, long from, bool metadataOnly, CancellationToken cancellation)
    {
        var lines = Channel.CreateUnbounded<string>();
        lock (_lock)
        {
            var missed = _objects.Where(pair => pair.Key.Plural == plural).Select(static pair => (Type: "MODIFIED", Stored: pair.Value))
                .Concat(_deleted.Where(gone => gone.Plural == plural).Select(static gone => (Type: "DELETED", gone.Stored)))
                .Where(change => change.Stored.Version > from && Matches(plural, change.Stored, selector))
                .OrderBy(static change => change.Stored.Version);
            foreach ((string type, StoredObject stored) in missed)
            {
                lines.Writer.TryWrite(new JsonObject { ["type"] = type, ["object"] = stored.Render() }.ToJsonString());
            }

            _watches.Add((plural, selector, metadataOnly, lines));
        }

        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new LineStream(lines.Reader)) };
    }

    private (HttpResponseMessage, JsonObject?) Patch(
        string plural, string ns, string name, string? subresource, Dictionary<string, string> query, string contentType, JsonObject body)
    {
        lock (_lock)
        {
            bool isApply = contentType == "application/apply-patch+yaml";
            if (!_objects.ContainsKey((plural, ns, name)) && (!isApply || subresource is not null))
            {
                return (Failure(HttpStatusCode.NotFound, $"{plural} \"{name}\" not found"), null);
            }

            StoredObject stored = GetOrAdd(plural, ns, name, out bool isNew);
            if (!isNew && IsAnother(stored, body["metadata"] as JsonObject))
            {
                return (Failure(HttpStatusCode.Conflict, "the object has been modified; please apply your changes to the latest version"), null);
            }

            if (isApply && query.GetValueOrDefault("force") != "true" && stored.ConflictsWith(query["fieldManager"], Own(body)).ToList() is [_, ..] conflicts)
            {
                string told = string.Join('\n', conflicts.Select(static conflict => $"conflict with \"{conflict.Manager}\" using v1: {conflict.Field}"));
                return (Failure(HttpStatusCode.Conflict, $"Apply failed with {conflicts.Count} conflicts: {told}"), null);
            }

            string before = stored.Render().ToJsonString();
            string spec = stored.Content()["spec"]?.ToJsonString() ?? "";
            if (subresource == "status")
            {
                stored.SetStatus((JsonObject?)body["status"]?.DeepClone(), isApply);
            }
            else if (isApply)
            {
                stored.Applied[query["fieldManager"]] = Own(body);
            }
            else
            {
                StoredObject.Merge(stored.Base, body);
            }

            if (!isNew && (stored.Content()["spec"]?.ToJsonString() ?? "") != spec)
            {
                stored.Generation++;
            }

            if (isNew || stored.Render().ToJsonString() != before)
            {
                Publish(plural, stored, isNew ? "ADDED" : "MODIFIED");
            }

            JsonObject rendered = stored.Render();

            // A reconcile that was under way when its mock was deleted may still write; the garbage collector removes children without an owner.
            if (rendered["metadata"]!["ownerReferences"] is JsonArray owners
                && !owners.Any(owner => _objects.Values.Any(candidate => candidate.Uid == (string?)owner!["uid"])))
            {
                Remove(plural, name, ns);
            }

            return (Json(rendered), rendered);
        }
    }

    private (HttpResponseMessage, JsonObject?) Create(string plural, string ns, JsonObject body)
    {
        lock (_lock)
        {
            string name = (string?)body["metadata"]?["name"] ?? Guid.NewGuid().ToString();
            if (_objects.ContainsKey((plural, ns, name)))
            {
                return (Failure(HttpStatusCode.Conflict, $"{plural} \"{name}\" already exists", "AlreadyExists"), null);
            }

            StoredObject stored = GetOrAdd(plural, ns, name, out _);
            StoredObject.Merge(stored.Base, Own(body));
            Publish(plural, stored, "ADDED");
            return (Json(stored.Render()), stored.Render());
        }
    }

    private (HttpResponseMessage, JsonObject?) Delete(string plural, string ns, string name, JsonObject? options)
    {
        lock (_lock)
        {
            if (!_objects.TryGetValue((plural, ns, name), out StoredObject? found))
            {
                return (Failure(HttpStatusCode.NotFound, $"{plural} \"{name}\" not found"), null);
            }

            if (IsAnother(found, options?["preconditions"] as JsonObject))
            {
                return (Failure(HttpStatusCode.Conflict, "Precondition failed"), null);
            }

            Remove(plural, name, ns);
            return (Json(new JsonObject { ["kind"] = "Status", ["status"] = "Success" }), found.Render());
        }
    }

    private StoredObject GetOrAdd(string plural, string ns, string name, out bool isNew)
    {
        isNew = !_objects.TryGetValue((plural, ns, name), out StoredObject? stored);
        if (stored is null)
        {
            string apiVersion = plural is "mockservers" or "collections" or "mockquotas" ? "mockoperator.dev/v1alpha1" : plural is "deployments" or "replicasets" ? "apps/v1" : "v1";
            stored = new StoredObject(apiVersion, s_kinds[plural], ns, name) { Created = s_begun.AddSeconds(_objects.Count) };
            if (plural == "ingresses" && GivesAddresses)
            {
                stored.Status = JsonNode.Parse("""{"loadBalancer": {"ingress": [{"ip": "192.0.2.1"}]}}""")!.AsObject();
            }

            _objects[(plural, ns, name)] = stored;
        }

        return stored;
    }

    private void Publish(string plural, StoredObject stored, string type)
    {
        stored.Version = ++_version;
        string line = new JsonObject { ["type"] = type, ["object"] = stored.Render() }.ToJsonString();
        foreach ((string watched, string? selector, _, Channel<string> lines) in _watches)
        {
            if (watched == plural && Matches(plural, stored, selector))
            {
                lines.Writer.TryWrite(line);
            }
        }
    }

    private void CollectGarbage(string owner)
    {
        foreach ((string plural, string ns, string name) in _objects
            .Where(pair => pair.Value.Content()["metadata"]?["ownerReferences"] is JsonArray owners && owners.Any(reference => (string?)reference?["uid"] == owner))
            .Select(static pair => pair.Key).ToList())
        {
            Remove(plural, name, ns);
        }
    }

    private static JsonObject Own(JsonObject body)
    {
        var owned = (JsonObject)body.DeepClone();
        owned.Remove("apiVersion");
        owned.Remove("kind");
        if (owned["metadata"] is JsonObject metadata)
        {
            metadata.Remove("name");
            metadata.Remove("namespace");
            metadata.Remove("uid");
            metadata.Remove("resourceVersion");
            if (metadata.Count == 0)
            {
                owned.Remove("metadata");
            }
        }

        return owned;
    }

    private static void Disown(JsonObject applied, JsonObject changed)
    {
        foreach ((string key, JsonNode? value) in changed)
        {
            if (applied[key] is JsonObject inner && value is JsonObject other)
            {
                Disown(inner, other);
            }
            else
            {
                applied.Remove(key);
            }
        }
    }

    // A uid or resourceVersion that is named must be that of the object.
    private static bool IsAnother(StoredObject stored, JsonObject? named) =>
        (named?["uid"] is { } uid && (string?)uid != stored.Uid)
        || (named?["resourceVersion"] is { } version && (string?)version != stored.Version.ToString());

    private bool Matches(string plural, StoredObject stored, string? selector) =>
        Hides?.Invoke($"{plural}/{stored.Name}") is not true && Matches(stored, selector);

    private static bool Matches(StoredObject stored, string? selector)
    {
        JsonNode? labels = stored.Content()["metadata"]?["labels"];
        return selector is null || selector.Split(',').Select(static term => term.Split('=')).All(term => (string?)labels?[term[0]] == term[^1]);
    }

    private static (string Plural, string Namespace, string? Name, string? Subresource) Address(string path)
    {
        string[] parts = path.Trim('/').Split('/');
        List<string> rest = [.. parts.Skip(parts[0] == "api" ? 2 : 3)];
        string ns = "";
        if (rest[0] == "namespaces" && rest.Count > 2)
        {
            ns = rest[1];
            rest.RemoveRange(0, 2);
        }

        return (rest[0], ns, rest.ElementAtOrDefault(1), rest.ElementAtOrDefault(2));
    }

    // An object, or a Status with its code.
    private static HttpResponseMessage Told(JsonObject body)
    {
        HttpResponseMessage response = Json(body);
        response.StatusCode = (string?)body["kind"] == "Status" ? (HttpStatusCode)(int)body["code"]! : HttpStatusCode.OK;
        return response;
    }

    private static HttpResponseMessage Json(JsonObject body) =>
        new(HttpStatusCode.OK) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    private static HttpResponseMessage Failure(HttpStatusCode code, string message, string? reason = null) => new(code)
    {
        Content = new StringContent(
            new JsonObject { ["kind"] = "Status", ["status"] = "Failure", ["code"] = (int)code, ["reason"] = reason ?? code.ToString(), ["message"] = message }.ToJsonString(),
            Encoding.UTF8,
            "application/json"),
    };
}
