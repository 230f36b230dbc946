using System.Collections.Immutable;
using System.Globalization;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Puts the parts of a saved response together; where the parts stand differs between the versions of the format.</summary>
internal static class ResponseReader
{
    private const int LongestDelay = 180_000;

    /// <summary>Reads a response from its parts; null, with an issue, when it cannot be sent.</summary>
    public static ExampleResponse? Read(in ResponseParts parts, ReadingContext context)
    {
        if (StatusReader.Read(parts.Code, parts.CodePath, context) is not int status)
        {
            return null;
        }

        ReadOnlyMemory<byte>? binary = BinaryBodyReader.Read(parts.Stream, context, out bool broken);
        ReadOnlyMemory<byte>? text = binary is null ? context.Utf8OrJson(parts.Body) : null;
        if (broken && text is null)
        {
            return null;
        }

        ImmutableArray<Field> headers = HeaderReader.Read(parts.Header, context);
        return new ExampleResponse
        {
            Status = status,
            ReasonPhrase = ReasonPhrase.Keep(status, context.Text(parts.Phrase)),
            Headers = WithoutRecorded(headers),
            Text = text,
            Binary = binary,
            PreviewLanguage = context.Text(parts.Language) is { Length: > 0 } language ? language.ToLowerInvariant() : null,
            DelayMilliseconds = Delay(headers, parts.Header, context),
        };
    }

    private static ImmutableArray<Field> WithoutRecorded(ImmutableArray<Field> headers) =>
        headers.RemoveAll(static header => HeaderRules.IsRecorded(header.Name) || IsDelay(header));

    private static int? Delay(ImmutableArray<Field> headers, DocumentNode header, ReadingContext context)
    {
        foreach (Field field in headers)
        {
            if (!IsDelay(field))
            {
                continue;
            }

            if (int.TryParse(field.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int delay) && delay <= LongestDelay)
            {
                return delay;
            }

            context.Issues.Warn(
                header.Path,
                LoadIssueReason.InvalidDelay,
                $"\"{IssueLog.Quote(field.Value)}\" in {HeaderRules.DelayHeader} is no delay, so the mock's own is used. Give 0 to {LongestDelay} milliseconds.");
            return null;
        }

        return null;
    }

    private static bool IsDelay(Field header) => header.Name.Equals(HeaderRules.DelayHeader, StringComparison.OrdinalIgnoreCase);
}
