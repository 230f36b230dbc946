using MockOperator.Client.Calls;
using MockOperator.PostmanApi.Answers;
using MockOperator.Resources;

namespace MockOperator.PostmanApi.CallLogs;

/// <summary>Describes a call as Postman's call logs do.</summary>
internal static class CallLogReading
{
    public static CallLogEntry Read(PodCall of)
    {
        var call = of.Call;
        return new CallLogEntry
        {
            Id = call.Id,
            ResponseName = call.Example?.Name ?? Name(call.Outcome),
            ServedAt = Timestamp.Of(call.ServedAt),
            Request = new CallLogEntry.Asked
            {
                Method = call.Request.Method,
                Path = call.Request.Path,
                Headers = call.Request.Headers is { } asked ? [.. asked.Select(header => new KeyValue(header.Name, header.Value))] : null,
                Body = Body(call.Request.Body, "raw"),
            },
            Response = new CallLogEntry.Answered
            {
                Type = CallLogQuery.IsSuccess(call.Outcome) ? "success" : "error",
                StatusCode = call.Response.Status,
                Headers = call.Response.Headers is { } answered ? [.. answered.Select(header => new CallLogEntry.Header(new CallLogEntry.Text("", "text/plain"), header.Name, header.Value))] : null,
                Body = Body(call.Response.Body, null),
            },
        };
    }

    private static CallLogEntry.Content? Body(CalledBody? body, string? mode) => body is null
        ? null
        : new CallLogEntry.Content
        {
            Mode = mode,
            Data = body.Text ?? body.Base64 ?? "",
            Encoding = body is { Text: null, Base64: not null } ? "base64" : null,
            Truncated = body.IsTruncated ? true : null,
        };

    private static string Name(string outcome) => outcome switch
    {
        "no_match" => "Double check your method and the request path and try again.",
        "no_example" => "The saved request that fits has no example.",
        "server_response" => "Server response",
        "unauthorized" => "The mock is private, and the call had no valid key.",
        "rejected" => "The call was refused by a limit.",
        "aborted" => "The caller did not wait for the answer.",
        "explained" => "Explanation",
        _ => "Something went wrong.",
    };
}
