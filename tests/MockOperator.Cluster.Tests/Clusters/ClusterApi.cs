using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using k8s;

namespace MockOperator.Cluster.Tests.Clusters;

/// <summary>The API server as plain JSON, so that what is read is what is there, fields that no record knows included.</summary>
public sealed class ClusterApi(KubernetesClientConfiguration configuration) : IDisposable
{
    private readonly k8s.Kubernetes client = new(configuration);

    /// <summary>Reads; null when it does not exist.</summary>
    public async Task<JsonObject?> FindAsync(string path)
    {
        using var response = await client.HttpClient.GetAsync(Address(path), TestContext.Current.CancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        return Parse(await BodyAsync(response, "GET", path));
    }

    /// <summary>Reads what must be there.</summary>
    public async Task<JsonObject> GetAsync(string path) =>
        await FindAsync(path) ?? throw new InvalidOperationException($"GET {path}: not found");

    /// <summary>The items of a list.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string path) =>
        [.. (await GetAsync(path))["items"]!.AsArray().Select(item => item!.AsObject())];

    /// <summary>Reads text: logs, metrics.</summary>
    public async Task<string> TextAsync(string path)
    {
        using var response = await client.HttpClient.GetAsync(Address(path), TestContext.Current.CancellationToken);
        return await BodyAsync(response, "GET", path);
    }

    /// <summary>Server-side apply, as a user of the field manager <c>cluster-tests</c>.</summary>
    public Task<JsonObject> ApplyAsync(string path, JsonObject body) =>
        SendAsync(HttpMethod.Patch, $"{path}?fieldManager=cluster-tests&force=true", body, "application/apply-patch+yaml");

    /// <summary>JSON merge patch.</summary>
    public Task<JsonObject> MergeAsync(string path, JsonObject body) =>
        SendAsync(HttpMethod.Patch, $"{path}?fieldManager=cluster-tests", body, "application/merge-patch+json");

    public Task<JsonObject> CreateAsync(string path, JsonObject body) => SendAsync(HttpMethod.Post, path, body, "application/json");

    /// <summary>What would come of a creation: the object that it would be, or the server's refusal.</summary>
    /// <param name="path">Of the kind.</param>
    /// <param name="fieldValidation">Strict, Warn or Ignore, for fields that the schema does not know; servers before 1.25 ignore them.</param>
    /// <param name="body">The object.</param>
    public async Task<(HttpStatusCode Status, JsonObject Answer)> TryCreateAsync(string path, string fieldValidation, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
        using var response = await client.HttpClient.PostAsync(Address($"{path}?dryRun=All&fieldValidation={fieldValidation}"), content, TestContext.Current.CancellationToken);
        return (response.StatusCode, Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>Deletes; what is not there is deleted already.</summary>
    public async Task DeleteAsync(string path)
    {
        using var response = await client.HttpClient.DeleteAsync(Address(path), TestContext.Current.CancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound)
            await BodyAsync(response, "DELETE", path);
    }

    public void Dispose() => client.Dispose();

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, JsonObject body, string contentType)
    {
        using var request = new HttpRequestMessage(method, Address(path))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, MediaTypeHeaderValue.Parse(contentType)),
        };
        using var response = await client.HttpClient.SendAsync(request, TestContext.Current.CancellationToken);
        return Parse(await BodyAsync(response, method.Method, path));
    }

    private Uri Address(string path) => new(client.BaseUri, path);

    private static JsonObject Parse(string body) => JsonNode.Parse(body)!.AsObject();

    private static async Task<string> BodyAsync(HttpResponseMessage response, string method, string path)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode
            ? body
            : throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode} {body}", inner: null, response.StatusCode);
    }
}
