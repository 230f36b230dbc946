using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MockOperator.Testing;

/// <summary>What the played API server does with a request that is allowed.</summary>
internal static class PlayedAnswers
{
    private const int SmallestPage = 500;

    public static async Task AnswerAsync(HttpContext context, PlayedRequest request, PlayedObjects objects, CancellationToken end)
    {
        var manager = context.Request.Query["fieldManager"].ToString() is { Length: > 0 } named ? named : "unknown";
        var dryRun = context.Request.Query["dryRun"] == "All";
        var found = request.Name is null ? null : objects.Find(request.Resource, request.Namespace ?? "", request.Name);
        switch (request.Verb)
        {
            case "list":
                await ListAsync(context, request, objects);
                break;
            case "watch":
                await WatchAsync(context, request, objects, end);
                break;
            case "create":
                await CreateAsync(context, request, objects, manager, dryRun);
                break;
            case "update" or "patch":
                await ChangeAsync(context, request, objects, manager, dryRun);
                break;
            case var _ when found is null:
                await RefuseAsync(context, 404, "NotFound", $"{request.Resource}{(request.Group == "" ? "" : "." + request.Group)} \"{request.Name}\" not found");
                break;
            case "get":
                await WriteAsync(context, 200, Shown(context, found));
                break;
            case "delete":
                await DeleteAsync(context, request, objects, found);
                break;
            default:
                await RefuseAsync(context, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
                break;
        }
    }

    public static async Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(), Encoding.UTF8);
    }

    public static Task RefuseAsync(HttpContext context, int status, string reason, string message) => WriteAsync(
        context,
        status,
        new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Failure", ["message"] = message, ["reason"] = reason, ["code"] = status });

    private static async Task ListAsync(HttpContext context, PlayedRequest request, PlayedObjects objects)
    {
        var query = context.Request.Query;
        var all = objects.List(request.Resource, request.Namespace).Where(one => Selected(one, query["labelSelector"], query["fieldSelector"])).ToList();
        var start = int.TryParse(query["continue"], out var next) ? next : 0;
        var size = int.TryParse(query["limit"], out var limit) && limit > 0 ? limit : Math.Max(SmallestPage, all.Count);
        var metadata = new JsonObject { ["resourceVersion"] = objects.Version };
        if (start + size < all.Count)
            metadata["continue"] = (start + size).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await WriteAsync(context, 200, new JsonObject
        {
            ["kind"] = IsMetadataOnly(context) ? "PartialObjectMetadataList" : "List",
            ["apiVersion"] = IsMetadataOnly(context) ? "meta.k8s.io/v1" : "v1",
            ["metadata"] = metadata,
            ["items"] = new JsonArray([.. all.Skip(start).Take(size).Select(one => Shown(context, one))]),
        });
    }

    private static async Task WatchAsync(HttpContext context, PlayedRequest request, PlayedObjects objects, CancellationToken end)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, end);
        var query = context.Request.Query;
        var news = objects.Watch(request.Resource, request.Namespace, either.Token);
        context.Response.ContentType = "application/json";
        await context.Response.Body.FlushAsync(either.Token);
        // What was written or removed between the list and the watch is told first, as an API server does by versions.
        var since = long.TryParse(query["resourceVersion"], out var version) ? version : 0;
        var told = since;
        foreach (var (type, one) in objects.Since(request.Resource, request.Namespace, since))
            await TellAsync(type, one);
        try
        {
            await foreach (var (type, one) in news.ReadAllAsync(either.Token))
            {
                if (PlayedObjects.VersionOf(one) > told)
                    await TellAsync(type, one);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever watched has gone.
        }

        async Task TellAsync(string type, JsonObject one)
        {
            told = Math.Max(told, PlayedObjects.VersionOf(one));
            if (!Selected(one, query["labelSelector"], query["fieldSelector"]))
                return;
            await context.Response.WriteAsync(new JsonObject { ["type"] = type, ["object"] = Shown(context, one) }.ToJsonString() + "\n", either.Token);
            await context.Response.Body.FlushAsync(either.Token);
        }
    }

    private static async Task CreateAsync(HttpContext context, PlayedRequest request, PlayedObjects objects, string manager, bool dryRun)
    {
        var content = await BodyAsync(context);
        var metadata = content["metadata"] as JsonObject ?? [];
        content["metadata"] = metadata;
        metadata["namespace"] = request.Namespace ?? "";
        if (request.Namespace is { } ns && objects.Find("namespaces", "", ns) is null)
            await RefuseAsync(context, 404, "NotFound", $"namespaces \"{ns}\" not found");
        else if (objects.Create(request.Resource, content, manager, dryRun) is not { } created)
            await RefuseAsync(context, 409, "AlreadyExists", $"{request.Resource}{(request.Group == "" ? "" : "." + request.Group)} \"{metadata["name"]}\" already exists");
        else
            await WrittenAsync(context, objects, "create", created, 201, dryRun);
    }

    /// <summary>Changes an object as it is now; as often as another write comes between, it is read and changed anew.</summary>
    private static async Task ChangeAsync(HttpContext context, PlayedRequest request, PlayedObjects objects, string manager, bool dryRun)
    {
        var type = context.Request.ContentType ?? "";
        var applies = type.StartsWith("application/apply-patch", StringComparison.Ordinal);
        if (request.Verb == "patch" && !applies && type is not ("application/json-patch+json" or "application/merge-patch+json" or "application/strategic-merge-patch+json"))
        {
            await RefuseAsync(context, 415, "UnsupportedMediaType", $"the body of the request was in an unknown format: {type}");
            return;
        }

        var body = (await JsonNode.ParseAsync(context.Request.Body, documentOptions: new() { MaxDepth = 512 }))!;
        while (true)
        {
            var found = objects.Find(request.Resource, request.Namespace ?? "", request.Name!);
            if (found is null && !applies)
            {
                await RefuseAsync(context, 404, "NotFound", $"{request.Resource}{(request.Group == "" ? "" : "." + request.Group)} \"{request.Name}\" not found");
                return;
            }

            if (Changed(request.Verb == "update" ? null : type, found, body) is not { } content)
            {
                await RefuseAsync(context, 422, "Invalid", "the server rejected our request due to an error in our request");
                return;
            }

            // A version in what is written is a condition.
            if (found is not null && (string?)content["metadata"]!["resourceVersion"] is { } version && version != (string?)found["metadata"]!["resourceVersion"])
            {
                await RefuseAsync(context, 409, "Conflict", $"Operation cannot be fulfilled on {request.Resource} \"{request.Name}\": the object has been modified; please apply your changes to the latest version and try again");
                return;
            }

            if (objects.Replace(request.Resource, found, Placed(request, found, content), manager, dryRun) is not { } written)
                continue;
            await WrittenAsync(context, objects, applies ? "apply" : "update", written, found is null ? 201 : 200, dryRun);
            return;
        }
    }

    /// <summary>What an object becomes; null when the change does not fit it.</summary>
    private static JsonObject? Changed(string? patch, JsonObject? found, JsonNode body)
    {
        if (patch is null)
            return body.DeepClone().AsObject();
        var content = found?.DeepClone().AsObject() ?? [];
        if (patch == "application/json-patch+json")
            return PlayedJsonPatch.Apply(content, body.AsArray());
        PlayedObjects.Merge(content, body.AsObject());
        return content;
    }

    /// <summary>With name and namespace of the address, and of status and the rest only what the address is of.</summary>
    private static JsonObject Placed(PlayedRequest request, JsonObject? found, JsonObject content)
    {
        var placed = request.Subresource == "status" && found is not null ? found.DeepClone().AsObject() : content;
        placed["status"] = (request.Subresource == "status" ? content : found)?["status"]?.DeepClone();
        if (placed["status"] is null)
            placed.Remove("status");
        placed["metadata"]!["namespace"] = request.Namespace ?? "";
        placed["metadata"]!["name"] = request.Name;
        return placed;
    }

    private static async Task DeleteAsync(HttpContext context, PlayedRequest request, PlayedObjects objects, JsonObject found)
    {
        var options = context.Request.ContentLength is > 0 ? await BodyAsync(context) : [];
        if ((string?)options["preconditions"]?["uid"] is { } uid && uid != (string?)found["metadata"]!["uid"])
        {
            await RefuseAsync(context, 409, "Conflict", $"Precondition failed: UID in precondition: {uid}, UID in object meta: {found["metadata"]!["uid"]}");
            return;
        }

        objects.Remove(request.Resource, request.Namespace ?? "", request.Name!);
        await WrittenAsync(context, objects, "delete", found, 200, dryRun: false);
    }

    private static async Task WrittenAsync(HttpContext context, PlayedObjects objects, string verb, JsonObject written, int status, bool dryRun)
    {
        if (!dryRun)
            objects.Written?.Invoke(verb, written.DeepClone().AsObject());
        await WriteAsync(context, status, Shown(context, written));
    }

    private static async Task<JsonObject> BodyAsync(HttpContext context) =>
        (await JsonNode.ParseAsync(context.Request.Body, documentOptions: new() { MaxDepth = 512 }))!.AsObject();

    private static bool IsMetadataOnly(HttpContext context) => context.Request.Headers.Accept.ToString().Contains("PartialObjectMetadata", StringComparison.Ordinal);

    private static JsonObject Shown(HttpContext context, JsonObject one)
    {
        var shown = IsMetadataOnly(context)
            ? new JsonObject { ["apiVersion"] = "meta.k8s.io/v1", ["kind"] = "PartialObjectMetadata", ["metadata"] = one["metadata"]!.DeepClone() }
            : one.DeepClone().AsObject();
        if ((string?)shown["metadata"]!["namespace"] == "")
            shown["metadata"]!.AsObject().Remove("namespace");
        if (StatusDefault(shown) is { } standard && shown["status"] is null)
            shown["status"] = standard;
        return shown;
    }

    // As the definitions of the kinds have it: nobody has looked at it.
    private static JsonObject? StatusDefault(JsonObject one) => (string?)one["kind"] is "MockServer" or "Collection" or "MockQuota"
        ? new JsonObject
        {
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Ready",
                ["status"] = "Unknown",
                ["reason"] = "Pending",
                ["message"] = "Waiting for the operator.",
                ["lastTransitionTime"] = "1970-01-01T00:00:00Z",
            }),
        }
        : null;

    private static bool Selected(JsonObject one, string? labels, string? fields) =>
        (labels ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).All(required => HasLabel(one, required))
        && (fields ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).All(required => HasField(one, required));

    private static bool HasLabel(JsonObject one, string required)
    {
        string? Of(string name) => (string?)one["metadata"]!["labels"]?[name];
        return required.Split("!=") is [var not, var unwanted]
            ? Of(not) != unwanted
            : required.Split('=', 2) is [var name, var value] ? Of(name.TrimEnd('=')) == value.TrimStart('=') : required.StartsWith('!') ? Of(required[1..]) is null : Of(required) is not null;
    }

    private static bool HasField(JsonObject one, string required)
    {
        var (path, value) = required.Split('=', 2) is [var left, var right] ? (left, right) : (required, "");
        JsonNode? node = one;
        foreach (var name in path.Split('.'))
            node = node?[name];
        return (string?)node == value;
    }
}
