using System.Collections.Immutable;
using System.Text;
using MockOperator.Mocking.Collections.Documents;
using MockOperator.Mocking.Collections.Reading;
using MockOperator.Resources;

namespace MockOperator.Mocking.Collections.Native;

/// <summary>Reads the response side of a native example.</summary>
internal static class NativeResponseReader
{
    private const int DefaultStatus = 200;

    /// <summary>Reads a response; null, with an issue, when it cannot be sent. An absent response is an empty 200.</summary>
    public static ExampleResponse? Read(ExampleResponseSpec? response, DocumentPath path, ReadingContext context)
    {
        response ??= new ExampleResponseSpec();
        int status = response.Status ?? DefaultStatus;
        bool servable = StatusReader.IsServable(status);
        if (!servable)
        {
            context.Issues.Skip(
                path.Property("status"),
                LoadIssueReason.InvalidStatus,
                $"{status} is no status of a response, so the example is not served. Give a whole number from 200 to 599.");
        }

        string? json = NativeJson.Text(response.Json);
        bool readable = ReadBinary(response, json, path, context, out ReadOnlyMemory<byte>? binary);
        string? text = response.Body ?? json;
        return !servable || !readable
            ? null
            : new ExampleResponse
            {
                Status = status,
                Headers = ReadHeaders(response.Headers, path.Property("headers"), context),
                Text = string.IsNullOrEmpty(text) ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(text),
                Binary = binary,
                PreviewLanguage = json is null ? null : "json",
                DelayMilliseconds = ReadDelay(response.Delay, path.Property("delay"), context),
            };
    }

    private static bool ReadBinary(
        ExampleResponseSpec response, string? json, DocumentPath path, ReadingContext context, out ReadOnlyMemory<byte>? binary)
    {
        binary = null;
        bool both = response.Body is not null && json is not null;
        if (both || (response.Base64 is not null && (response.Body is not null || json is not null)))
        {
            context.Issues.Skip(
                path.Property(response.Base64 is null ? "json" : "base64"),
                LoadIssueReason.ConflictingBodies,
                "More than one of body, json and base64 is given, so the example is skipped. Keep one of them.");
            return false;
        }

        if (response.Base64 is null)
        {
            return true;
        }

        if (BinaryBodyReader.FromBase64(Encoding.UTF8.GetBytes(response.Base64)) is not byte[] bytes)
        {
            context.Issues.Skip(
                path.Property("base64"), LoadIssueReason.InvalidBody, "The text is not base64, so the example is skipped. Encode the bytes again.");
            return false;
        }

        binary = bytes.Length == 0 ? default(ReadOnlyMemory<byte>?) : bytes;
        return true;
    }

    private static ImmutableArray<Field> ReadHeaders(IReadOnlyList<HeaderSpec>? headers, DocumentPath path, ReadingContext context)
    {
        ImmutableArray<Field> fields = NativeHeaderReader.Read(headers, path, context);
        foreach (Field field in fields)
        {
            if (HeaderRules.IsRecorded(field.Name))
            {
                context.Issues.Warn(
                    path, LoadIssueReason.IgnoredHeader, $"{field.Name} is for the server to say and is left out. Remove it.");
            }
        }

        return fields.RemoveAll(static field => HeaderRules.IsRecorded(field.Name));
    }

    private static int? ReadDelay(string? text, DocumentPath path, ReadingContext context)
    {
        if (text is null)
        {
            return null;
        }

        if (DelayRules.TryRead(text, out TimeSpan delay))
        {
            return (int)delay.TotalMilliseconds;
        }

        context.Issues.Warn(
            path, LoadIssueReason.InvalidDelay, $"\"{IssueLog.Quote(text)}\" is no delay, so the mock's own is used. Give 0s to 3m, such as 250ms or 2s.");
        return null;
    }
}
