using System.Collections.Frozen;
using System.Collections.Immutable;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Templating;
using MockOperator.Resources;

namespace MockOperator.Mocking.Serving;

/// <summary>Prepares saved answers for sending.</summary>
internal static class ResponseReader
{
    /// <summary>Headers that describe the connection of the recorded answer, or a coding that the saved body no longer has.</summary>
    private static readonly FrozenSet<string> s_dropped = FrozenSet.ToFrozenSet(
        [
            "Content-Length", "Transfer-Encoding", "Content-Encoding", "Connection", "Keep-Alive", "Date", "Proxy-Connection", "Proxy-Authenticate",
            "Proxy-Authorization", "TE", "Trailer", "Upgrade",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Prepares the answer of an example.</summary>
    /// <param name="example">The example.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="captures">Names that its wildcards capture under.</param>
    /// <param name="issues">Takes what will not be sent.</param>
    internal static PreparedResponse Read(Example example, VariableResolver variables, IReadOnlySet<string> captures, ICollection<LoadIssue> issues)
    {
        ExampleResponse response = example.Response;
        ImmutableArray<PreparedHeader>.Builder headers = ReadHeaders(response.Headers, variables, captures, example.Path, issues);
        bool allowsBody = AllowsBody(response.Status);
        Template? text = allowsBody && response.Text is { Length: > 0 } body ? Template.Parse(body, variables, captures) : null;
        ReadOnlyMemory<byte> bytes = !allowsBody ? default : text is null ? response.Binary ?? default : text.Utf8;
        if ((text is not null || !bytes.IsEmpty) && !HasContentType(headers))
        {
            string type = text is null ? ContentTypes.Binary : ContentTypes.Derive(response.PreviewLanguage, variables.Resolve(response.Text!));
            headers.Add(new PreparedHeader("Content-Type", type));
        }

        return new PreparedResponse(response.Status, CleanReason(response.ReasonPhrase), headers.ToImmutable(), bytes, text is { IsStatic: false } ? text : null)
        {
            ExampleId = example.Id,
            ExampleName = example.Name,
            ExamplePath = example.Path,
        };
    }

    /// <summary>Prepares the answer of a simulated outage; null when its status is not 500 to 599.</summary>
    internal static PreparedResponse? Read(ServerResponseSpec spec, VariableResolver variables, ICollection<LoadIssue> issues)
    {
        const string Path = "serverResponse";
        if (spec.Status is < 500 or > 599)
        {
            issues.Add(new LoadIssue
            {
                Severity = LoadIssueSeverity.Skipped,
                Path = Path + ".status",
                Reason = "ServerResponseStatus",
                Message = $"A server response has a status from 500 to 599, not {spec.Status}. It is not active.",
            });
            return null;
        }

        var none = new HashSet<string>(StringComparer.Ordinal);
        IEnumerable<Field> fields = (spec.Headers ?? new Dictionary<string, string>(StringComparer.Ordinal)).Select(static header => new Field(header.Key, header.Value));
        ImmutableArray<PreparedHeader>.Builder headers = ReadHeaders(fields, variables, none, Path, issues);
        Template? text = string.IsNullOrEmpty(spec.Body) ? null : Template.Parse(spec.Body, variables, none);
        if (text is not null && !HasContentType(headers))
        {
            headers.Add(new PreparedHeader("Content-Type", ContentTypes.Derive(null, variables.Resolve(spec.Body!))));
        }

        return new PreparedResponse(spec.Status, null, headers.ToImmutable(), text?.Utf8 ?? default, text is { IsStatic: false } ? text : null);
    }

    /// <summary>Whether a status comes with a body: not 204, 205 and 304 (RFC 9110 §6.4.1).</summary>
    internal static bool AllowsBody(int status) => status is >= 200 and not (204 or 205 or 304);

    private static ImmutableArray<PreparedHeader>.Builder ReadHeaders(
        IEnumerable<Field> fields, VariableResolver variables, IReadOnlySet<string> captures, string path, ICollection<LoadIssue> issues)
    {
        ImmutableArray<PreparedHeader>.Builder headers = ImmutableArray.CreateBuilder<PreparedHeader>();
        foreach (Field field in fields)
        {
            string name = variables.Resolve(field.Name).Trim();
            if (!HeaderText.IsName(name))
            {
                issues.Add(new LoadIssue
                {
                    Severity = LoadIssueSeverity.Skipped,
                    Path = path + ".header",
                    Reason = "HeaderName",
                    Message = $"'{HeaderText.Clean(name)}' is no name of a header: use letters, digits and hyphens. The header is not sent.",
                });
            }
            else if (!s_dropped.Contains(name))
            {
                headers.Add(new PreparedHeader(name, Template.Parse(field.Value, variables, captures)));
            }
        }

        return headers;
    }

    private static bool HasContentType(IEnumerable<PreparedHeader> headers) =>
        headers.Any(static header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase));

    /// <summary>A reason phrase that can stand in a status line; null, which means the usual one, when it cannot.</summary>
    private static string? CleanReason(string? reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.AsSpan().ContainsAnyExceptInRange(' ', '~') ? null : reason.Trim();
}
