using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using MockOperator.PostmanApi.Callers;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Identity;

namespace MockOperator.PostmanApi.Requests;

/// <summary>A request that is being answered, and who asks.</summary>
/// <param name="http">The request and its answer.</param>
/// <param name="caller">Who asks.</param>
/// <param name="budget">What bodies are taken from.</param>
internal sealed class ApiCall(HttpContext http, Caller caller, BodyBudget budget)
{
    /// <summary>Most bytes of a body that is no collection. What it becomes is one object of Kubernetes, which holds less.</summary>
    public const int LargestBody = 2 * 1024 * 1024;

    private const int FlushedAtOnce = 64 * 1024;

    public HttpContext Http => http;

    public Caller Caller => caller;

    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>The id in a place of the path; null when what stands there is none.</summary>
    public string? Id(string name) => PostmanId.Read(Segment(name));

    /// <summary>What stands in a place of the path.</summary>
    public string Segment(string name) => http.Request.RouteValues[name] as string ?? "";

    /// <summary>A query parameter; null when it is not there or empty. Of many the first.</summary>
    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var values) && values.Count > 0 && values[0] is { Length: > 0 } value ? value : null;

    /// <summary>The workspace that is asked for, by any of the names that clients know.</summary>
    public string? Workspace => Query("workspace") ?? Query("workspaceId");

    /// <summary>A whole number of the query.</summary>
    /// <exception cref="PostmanException">It is none, or out of bounds.</exception>
    public int? Number(string name, int least, int most)
    {
        if (Query(name) is not { } text)
            return null;
        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new PostmanException(KnownErrors.InvalidParameter(name, $"A whole number from {least} to {most} is needed."));
    }

    /// <summary>Reads a body of JSON.</summary>
    /// <exception cref="PostmanException">It is none, too long, or came too slowly.</exception>
    public async Task<JsonPlace> ReadJsonAsync()
    {
        using var body = await ReadBodyAsync(LargestBody, null);
        return JsonPlace.Read(body.Bytes);
    }

    /// <summary>Reads a body as it is.</summary>
    /// <param name="most">Most bytes.</param>
    /// <param name="beforeMuch">Called before much is kept.</param>
    public Task<RequestBody> ReadBodyAsync(long most, Func<Task>? beforeMuch) => RequestBody.ReadAsync(http, budget, most, beforeMuch, caller.Cluster.Time);

    /// <summary>Answers.</summary>
    public async Task AnswerAsync<T>(T answer, JsonTypeInfo<T> type) => await AnswerAsync([JsonSerializer.SerializeToUtf8Bytes(answer, type)]);

    /// <summary>Answers with pieces of JSON that make one whole.</summary>
    public async Task AnswerAsync(IEnumerable<ReadOnlyMemory<byte>> json)
    {
        var pieces = json.ToList();
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = pieces.Sum(piece => (long)piece.Length);
        var writer = http.Response.BodyWriter;
        var unflushed = 0;
        foreach (var piece in pieces)
        {
            for (var rest = piece; rest.Length > 0;)
            {
                var some = rest[..Math.Min(rest.Length, FlushedAtOnce)];
                rest = rest[some.Length..];
                writer.Write(some.Span);
                if ((unflushed += some.Length) < FlushedAtOnce)
                    continue;
                await writer.FlushAsync(Aborted);
                unflushed = 0;
            }
        }

        await writer.FlushAsync(Aborted);
    }
}
