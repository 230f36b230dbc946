using System.Text.Json;
using MockOperator.Client.Calls;
using MockOperator.Dashboard.Pages;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Calls;

/// <summary>The calls of a mock as a file: JSON as pods tell them, or HAR 1.2, which browsers' tools and Postman read.</summary>
internal static class CallExport
{
    /// <summary>Most calls of a file.</summary>
    public const int Most = 10_000;

    private const int Page = 250;
    private const string Everything = "request.headers,request.body,response.headers,response.body,nearest";

    /// <summary>Sends the file, as it is read from the pods: no more than a page of it is held.</summary>
    public static async Task SendAsync(Visit visit)
    {
        var isHar = visit.Query("format") == "har";
        var filter = CallChoice.Read(visit).ToFilter(Everything);
        using var calls = new MockCalls(visit.Cluster.Api, visit.Key, time: visit.Cluster.Time);
        // What is refused is refused with a page, before the file begins.
        var listing = await calls.ReadAsync(filter, Page, null, visit.Ends);
        visit.Http.Response.ContentType = "application/json";
        visit.Http.Response.Headers.ContentDisposition = $"attachment; filename=\"{Show.FileName(visit.Key.Name)}-calls.{(isHar ? "har" : "json")}\"";
        await using var json = new Utf8JsonWriter(visit.Http.Response.BodyWriter);
        json.WriteStartObject();
        if (isHar)
            HarForm.WriteHead(json);
        json.WriteStartArray(isHar ? "entries" : "calls");
        for (var count = 0; ;)
        {
            foreach (var one in listing.Calls)
            {
                if (isHar)
                    HarForm.WriteEntry(json, one.Call, visit.Key.Name);
                else
                    JsonSerializer.Serialize(json, one.Call, CallJson.Default.MockCall);
            }

            await json.FlushAsync(visit.Ends);
            count += listing.Calls.Count;
            if (listing.Next is null || count >= Most)
                break;
            listing = await calls.ReadAsync(filter, Page, listing.Next, visit.Ends);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        if (isHar)
            json.WriteEndObject();
        await json.FlushAsync(visit.Ends);
    }
}
