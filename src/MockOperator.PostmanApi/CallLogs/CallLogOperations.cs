using System.Globalization;
using System.Text.Json;
using MockOperator.Client.Calls;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.PostmanApi.Answers;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Finding;
using MockOperator.PostmanApi.Requests;

namespace MockOperator.PostmanApi.CallLogs;

/// <summary>Call logs of a mock, from what its pods remember.</summary>
internal sealed class CallLogOperations(References references)
{
    /// <summary>Most bytes of a page, 6.5 MB; at least one call is given.</summary>
    private const int LargestPage = 6_500_000;

    public async Task ListAsync(ApiCall call)
    {
        var query = CallLogQuery.Read(call);
        var mock = await references.MockAsync(call, KnownErrors.NoSuchMock);
        using var calls = new MockCalls(call.Caller.Cluster.Api, ObjectKey.Of(mock), time: call.Caller.Cluster.Time);
        var reader = new CallLogReader(calls, call.Aborted);
        var (page, more) = query.IsAscending ? await reader.OldestAsync(query) : await reader.NewestAsync(query);
        JudgeSilence(reader);

        var entries = new List<CallLogEntry>();
        long size = 0;
        foreach (var entry in page.Select(CallLogReading.Read))
        {
            size += JsonSerializer.SerializeToUtf8Bytes(entry, PostmanJson.Default.CallLogEntry).Length;
            if (entries.Count > 0 && size > LargestPage)
                break;
            entries.Add(entry);
        }

        var next = entries.Count > 0 && (more || entries.Count < page.Count)
            ? CallLogCursor.Behind(query.IsAscending, [.. page.Take(entries.Count)], query.Cursor).ToString()
            : null;
        if (reader.Silent.Count > 0)
            call.Http.Response.Headers["X-Mock-Silent-Pods"] = reader.Silent.Count.ToString(CultureInfo.InvariantCulture);
        await call.AnswerAsync(new CallLogPage(entries, new CallLogPage.Position(next)), PostmanJson.Default.CallLogPage);
    }

    /// <summary>That no pod can be asked must not look like no calls.</summary>
    private static void JudgeSilence(CallLogReader reader)
    {
        if (reader.Silent.Count == 0 || reader.Silent.Count < reader.Pods)
            return;
        var first = reader.Silent[0];
        throw first.Reason switch
        {
            Silence.Forbidden => new PostmanException(KnownErrors.Forbidden("Calls are read through pods/portforward, which takes that right: get and create.")),
            Silence.Refused => new PostmanException(KnownErrors.Malformed(first.Why)),
            Silence.NothingListens => new PostmanException(KnownErrors.Malformed("The pods of this mock remember no calls: spec.callLog of the MockServer says so, or their runtime is older.")),
            _ => new PostmanException(KnownErrors.Away($"No pod of the mock told its calls. {first.Why}")),
        };
    }
}
