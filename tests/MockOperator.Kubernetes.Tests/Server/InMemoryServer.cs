using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Tests.Server;

/// <summary>
/// An API server in memory: list with pages, watch, get, create, server-side apply, merge patch, replace, delete, versions, generations, owned fields. Its knowledge of field
/// ownership is simple (lists are atomic, all fields are by whoever wrote them last), and nothing is defaulted or validated.
/// </summary>
internal sealed class InMemoryServer
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private readonly List<Watcher> _watchers = [];
    private long _version = 10;
    private int _uid;

    /// <summary>Verb and path of each request that changes something.</summary>
    public ConcurrentQueue<string> Writes { get; } = new();

    /// <summary>All requests.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Asked before each request; an exception breaks it.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task>? Before { get; set; }

    /// <summary>A member that this server does not know: it is never owned.</summary>
    public string? Drops { get; set; }

    public ApiTransport Transport() => new(new Uri("http://server.test"), lane => new Handler(this, lane), http2: false);

    /// <summary>Sends a change as somebody else would: an Update by another manager.</summary>
    public void Edit(string path, Action<JsonObject> change)
    {
        lock (_lock)
        {
            var updated = (JsonObject)_objects[path].DeepClone();
            change(updated);
            TakeOwnership(updated, _objects[path], "somebody");
            Store(path, updated);
        }
    }

    public JsonObject? Read(string path)
    {
        lock (_lock)
            return (JsonObject?)_objects.GetValueOrDefault(path)?.DeepClone();
    }

    /// <summary>The objects of a list.</summary>
    public IReadOnlyList<JsonObject> All(string list)
    {
        lock (_lock)
            return [.. Selected(list, null).Select(o => (JsonObject)o.Value.DeepClone())];
    }

    public int Count(string plural)
    {
        lock (_lock)
            return _objects.Keys.Count(k => k.Split('/')[^2] == plural);
    }

    /// <summary>Puts an object there as a user's create would.</summary>
    public void Put(string path, JsonObject body)
    {
        lock (_lock)
            Create(path, body);
    }

    public void Delete(string path)
    {
        lock (_lock)
            Remove(path);
    }

    /// <summary>Ends all watches, as a restart does.</summary>
    public void DropWatches()
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers)
                watcher.Events.Writer.TryComplete();
            _watchers.Clear();
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.Trim('/');
        var query = request.RequestUri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]), StringComparer.Ordinal);
        Requests.Enqueue($"{request.Method} {path}");
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        if (request.Method != HttpMethod.Get)
            Writes.Enqueue($"{request.Method} {path}");
        lock (_lock)
        {
            if (request.Method == HttpMethod.Get)
                return query.ContainsKey("watch") ? Watch(path, query) : IsObject(path) ? Get(path) : List(path, query);
            if (request.Method == HttpMethod.Post)
            {
                var created = JsonNode.Parse(body!)!.AsObject();
                created["metadata"]!["name"] ??= $"{created["metadata"]!["generateName"]}{++_uid:x5}";
                var name = $"{path}/{created["metadata"]!["name"]}";
                return _objects.ContainsKey(name) ? Failure(HttpStatusCode.Conflict, "AlreadyExists") : Ok(Create(name, created), HttpStatusCode.Created);
            }

            if (request.Method == HttpMethod.Delete)
            {
                if (!_objects.TryGetValue(path, out var gone))
                    return Failure(HttpStatusCode.NotFound, "NotFound");
                var uid = JsonNode.Parse(body!)?["preconditions"]?["uid"]?.GetValue<string>();
                if (uid is not null && uid != gone["metadata"]!["uid"]!.GetValue<string>())
                    return Failure(HttpStatusCode.Conflict, "Conflict");
                Remove(path);
                return Ok(new JsonObject { ["kind"] = "Status", ["status"] = "Success" });
            }

            return request.Method == HttpMethod.Put ? Replace(path, JsonNode.Parse(body!)!.AsObject())
                : request.Content!.Headers.ContentType!.MediaType!.Contains("apply", StringComparison.Ordinal) ? Apply(path, JsonNode.Parse(body!)!.AsObject(), query["fieldManager"])
                : Merge(path, JsonNode.Parse(body!)!.AsObject());
        }
    }

    private static bool IsObject(string path)
    {
        var parts = path.Split('/');
        var start = parts[0] == "api" ? 2 : 3;
        var rest = parts[start..];
        return rest is ["namespaces", _, _, _] or [not "namespaces", _];
    }

    private HttpResponseMessage Get(string path) => _objects.TryGetValue(path, out var found) ? Ok(found) : Failure(HttpStatusCode.NotFound, "NotFound");

    private HttpResponseMessage List(string path, Dictionary<string, string> query)
    {
        var limit = int.Parse(query.GetValueOrDefault("limit", "500"));
        var skip = int.Parse(query.GetValueOrDefault("continue", "0"));
        var all = Selected(path, query.GetValueOrDefault("labelSelector")).OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => o.Value).ToList();
        var metadata = new JsonObject { ["resourceVersion"] = $"{_version}" };
        if (skip + limit < all.Count)
            metadata["continue"] = $"{skip + limit}";
        return Ok(new JsonObject { ["kind"] = "List", ["metadata"] = metadata, ["items"] = new JsonArray([.. all.Skip(skip).Take(limit).Select(o => o.DeepClone())]) });
    }

    private HttpResponseMessage Watch(string path, Dictionary<string, string> query)
    {
        var watcher = new Watcher(path, LabelSelector.Parse(query.GetValueOrDefault("labelSelector")), Channel.CreateUnbounded<byte[]>());
        var from = long.Parse(query["resourceVersion"]);
        // What happened since is told from the current state; deletions in between would need a history.
        foreach (var (_, missed) in Selected(path, query.GetValueOrDefault("labelSelector")).Where(o => VersionOf(o.Value) > from).OrderBy(o => VersionOf(o.Value)))
            watcher.Tell("MODIFIED", missed);
        _watchers.Add(watcher);
        return new HttpResponseMessage { Content = new StreamContent(new ChannelStream(watcher.Events.Reader)) };
    }

    private HttpResponseMessage Apply(string path, JsonObject body, string manager)
    {
        var status = path.EndsWith("/status", StringComparison.Ordinal);
        var name = status ? path[..^"/status".Length] : path;
        if (!_objects.TryGetValue(name, out var current))
        {
            if (status)
                return Failure(HttpStatusCode.NotFound, "NotFound");
            Own(body, manager, body);
            return Ok(Create(name, body), HttpStatusCode.Created);
        }

        var updated = (JsonObject)current.DeepClone();
        var fields = (JsonObject)body.DeepClone();
        if (status)
        {
            updated["status"] = fields["status"]?.DeepClone();
        }
        else
        {
            MergeInto(updated, fields);
            Own(updated, manager, body);
        }

        if (!Same(current, updated))
            Store(name, updated);
        return Ok(_objects[name]);
    }

    private HttpResponseMessage Merge(string path, JsonObject patch)
    {
        if (!_objects.TryGetValue(path, out var current))
            return Failure(HttpStatusCode.NotFound, "NotFound");
        var updated = (JsonObject)current.DeepClone();
        MergeInto(updated, patch);
        Store(path, updated);
        return Ok(updated);
    }

    private HttpResponseMessage Replace(string path, JsonObject body)
    {
        if (!_objects.TryGetValue(path, out var current))
            return Failure(HttpStatusCode.NotFound, "NotFound");
        if (VersionOf(current) != VersionOf(body))
            return Failure(HttpStatusCode.Conflict, "Conflict");
        body["metadata"]!["uid"] = current["metadata"]!["uid"]!.DeepClone();
        Store(path, body);
        return Ok(body);
    }

    private JsonObject Create(string path, JsonObject body)
    {
        var created = (JsonObject)body.DeepClone();
        created["metadata"]!["uid"] = $"uid-{++_uid}";
        created["metadata"]!["generation"] = 1;
        created["metadata"]!["resourceVersion"] = $"{++_version}";
        _objects[path] = created;
        Tell("ADDED", path, created);
        // The garbage collector: an owner that is gone takes also what is made after it.
        if (created["metadata"]!["ownerReferences"] is JsonArray owners && owners.All(r => !_objects.Values.Any(o => o["metadata"]!["uid"]!.GetValue<string>() == r!["uid"]!.GetValue<string>())))
            Remove(path);
        return created;
    }

    private void Store(string path, JsonObject updated)
    {
        var current = _objects[path];
        if (!JsonNode.DeepEquals(current["spec"], updated["spec"]))
            updated["metadata"]!["generation"] = (current["metadata"]!["generation"]?.GetValue<int>() ?? 0) + 1;
        updated["metadata"]!["resourceVersion"] = $"{++_version}";
        _objects[path] = updated;
        Tell("MODIFIED", path, updated);
    }

    private void Remove(string path)
    {
        _objects.Remove(path, out var gone);
        var last = (JsonObject)gone!.DeepClone();
        last["metadata"]!["resourceVersion"] = $"{++_version}";
        Tell("DELETED", path, last);
        // The garbage collector.
        var uid = last["metadata"]!["uid"]!.GetValue<string>();
        foreach (var child in _objects.Where(o => o.Value["metadata"]!["ownerReferences"] is JsonArray owners && owners.Any(r => r!["uid"]!.GetValue<string>() == uid)).Select(o => o.Key).ToList())
            Remove(child);
    }

    private void Tell(string type, string path, JsonObject entity)
    {
        foreach (var watcher in _watchers)
        {
            if (Belongs(path, watcher.Path) && watcher.Selector.Matches(LabelsOf(entity)))
                watcher.Tell(type, entity);
        }
    }

    private IEnumerable<KeyValuePair<string, JsonObject>> Selected(string path, string? selector)
    {
        var labels = LabelSelector.Parse(selector);
        return _objects.Where(o => Belongs(o.Key, path) && labels.Matches(LabelsOf(o.Value)));
    }

    /// <summary>Whether an object is in a list, of one namespace or of all.</summary>
    private static bool Belongs(string name, string list)
    {
        var parts = name.Split('/');
        var all = parts[^4] == "namespaces" ? string.Join('/', [.. parts[..^4], parts[^2]]) : string.Join('/', parts[..^1]);
        return list == all || list == string.Join('/', parts[..^1]);
    }

    private static Dictionary<string, string>? LabelsOf(JsonObject entity) =>
        entity["metadata"]!["labels"]?.AsObject().ToDictionary(l => l.Key, l => l.Value!.GetValue<string>(), StringComparer.Ordinal);

    private static long VersionOf(JsonObject entity) => long.Parse(entity["metadata"]!["resourceVersion"]!.GetValue<string>());

    private static bool Same(JsonObject a, JsonObject b) => JsonNode.DeepEquals(a, b);

    private static void MergeInto(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
                target.Remove(name);
            else if (value is JsonObject inner && target[name] is JsonObject existing)
                MergeInto(existing, inner);
            else
                target[name] = value.DeepClone();
        }
    }

    private void Own(JsonObject entity, string manager, JsonObject body)
    {
        var others = entity["metadata"]!["managedFields"]?.AsArray().Where(e => e!["manager"]!.GetValue<string>() != manager).Select(e => e!.DeepClone()) ?? [];
        var ours = new JsonObject { ["manager"] = manager, ["operation"] = "Apply", ["fieldsV1"] = FieldsOf(body) };
        ((JsonObject)ours["fieldsV1"]!).Remove("f:apiVersion");
        ((JsonObject)ours["fieldsV1"]!).Remove("f:kind");
        if (Drops is { } unknown && ours["fieldsV1"]!["f:data"] is JsonObject data)
            data.Remove(unknown);
        entity["metadata"]!["managedFields"] = new JsonArray([ours, .. others]);
    }

    private static JsonObject FieldsOf(JsonObject value)
    {
        var fields = new JsonObject();
        foreach (var (name, member) in value)
        {
            if (name is not ("managedFields" or "name" or "namespace" or "uid" or "resourceVersion"))
                fields[$"f:{name}"] = member is JsonObject inner ? FieldsOf(inner) : new JsonObject();
        }

        return fields;
    }

    /// <summary>Takes what changed away from everyone who applied it.</summary>
    private static void TakeOwnership(JsonObject updated, JsonObject before, string manager)
    {
        foreach (var entry in updated["metadata"]!["managedFields"]?.AsArray() ?? [])
        {
            if (entry!["manager"]!.GetValue<string>() != manager)
                Prune(entry["fieldsV1"]!.AsObject(), before, updated);
        }
    }

    private static void Prune(JsonObject fields, JsonObject? before, JsonObject? after)
    {
        foreach (var (field, inner) in fields.ToList())
        {
            var name = field[2..];
            if (inner!.AsObject().Count > 0)
            {
                Prune(inner.AsObject(), before?[name] as JsonObject, after?[name] as JsonObject);
                if (inner.AsObject().Count == 0)
                    fields.Remove(field);
            }
            else if (!JsonNode.DeepEquals(before?[name], after?[name]))
            {
                fields.Remove(field);
            }
        }
    }

    private static HttpResponseMessage Ok(JsonObject body, HttpStatusCode code = HttpStatusCode.OK) =>
        new(code) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    private static HttpResponseMessage Failure(HttpStatusCode code, string reason) =>
        Ok(new JsonObject { ["kind"] = "Status", ["status"] = "Failure", ["code"] = (int)code, ["reason"] = reason, ["message"] = reason }, code);

    private sealed record Watcher(string Path, LabelSelector Selector, Channel<byte[]> Events)
    {
        public void Tell(string type, JsonObject entity) =>
            Events.Writer.TryWrite(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["type"] = type, ["object"] = entity.DeepClone() }).Append((byte)'\n').ToArray());
    }

    private sealed class Handler(InMemoryServer server, TransportLane lane) : HttpMessageHandler
    {
        public TransportLane Lane { get; } = lane;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // As over a network, nothing is answered synchronously.
            await Task.Yield();
            if (server.Before is { } before)
                await before(request, cancellationToken);
            return await server.AnswerAsync(request, cancellationToken);
        }
    }
}
