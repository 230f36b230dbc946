using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Matching;
using MockOperator.Mocking.Templating;
using MockOperator.Resources;

namespace MockOperator.Mocking.Serving;

/// <summary>Prepares saved answers for sending. Answers with the same headers share them.</summary>
/// <param name="issues">Takes what will not be sent.</param>
internal sealed class AnswerReader(ICollection<LoadIssue> issues)
{
    /// <summary>Headers that describe the connection of the recorded answer, or a coding that the saved body no longer has.</summary>
    private static readonly FrozenSet<string> s_dropped = FrozenSet.ToFrozenSet(
        [
            "Content-Length", "Transfer-Encoding", "Content-Encoding", "Connection", "Keep-Alive", "Date", "Proxy-Connection", "Proxy-Authenticate",
            "Proxy-Authorization", "TE", "Trailer", "Upgrade",
        ],
        StringComparer.OrdinalIgnoreCase);

    private readonly Canonical<PreparedHeader> _headers = new(PreparedHeader.SameText);
    private readonly Canonical<PreparedHeader[]> _heads = new(new SameElements<PreparedHeader>());

    /// <summary>Prepares the answer of an example.</summary>
    /// <param name="example">Names the example.</param>
    /// <param name="response">Its answer.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="captures">Names that its wildcards capture under.</param>
    internal PreparedResponse Read(ExampleIdentity example, ExampleResponse response, VariableResolver variables, IReadOnlySet<string> captures)
    {
        List<PreparedHeader> headers = ReadHeaders(response.Headers, variables, captures, example, place: "");
        bool allowsBody = AllowsBody(response.Status);
        ReadOnlyMemory<byte> saved = allowsBody && response.Text is { Length: > 0 } body ? body : default;

        // Without braces nothing can be filled in, and the saved bytes are the answer's.
        string? text = saved.Span.IndexOf("{{"u8) < 0 ? null : Encoding.UTF8.GetString(saved.Span);
        Template? template = text is null ? null : Template.Parse(text, variables, captures);
        ReadOnlyMemory<byte> bytes = template is not null ? template.Utf8 : !saved.IsEmpty ? saved : allowsBody ? response.Binary ?? default : default;
        if ((template is not null || !bytes.IsEmpty) && !HasContentType(headers))
        {
            string type = saved.IsEmpty ? ContentTypes.Binary
                : ContentTypes.Derive(response.PreviewLanguage, text is null ? saved.Span : Encoding.UTF8.GetBytes(variables.Resolve(text)));
            headers.Add(_headers.Of(new PreparedHeader("Content-Type", type)));
        }

        return new PreparedResponse(response.Status, CleanReason(response.ReasonPhrase), Share(headers), bytes, template is { IsStatic: false } ? template : null)
        {
            Example = example,
            DelayMilliseconds = response.DelayMilliseconds,
        };
    }

    /// <summary>Prepares the answer of a simulated outage; null when its status is not 400 to 599.</summary>
    internal PreparedResponse? Read(ServerResponseSpec spec, VariableResolver variables)
    {
        string path = $"serverResponses['{spec.Name}']";
        if (!ServerResponseRules.IsStatus(spec.Status))
        {
            issues.Add(new LoadIssue
            {
                Severity = LoadIssueSeverity.Skipped,
                Path = path + ".status",
                Reason = "ServerResponseStatus",
                Message = $"A server response has a status from 400 to 599, not {spec.Status}. It is not active.",
            });
            return null;
        }

        var none = new HashSet<string>(StringComparer.Ordinal);
        IEnumerable<Field> fields = (spec.Headers ?? []).Where(static header => header is not null).Select(static header => new Field(header.Name ?? "", header.Value ?? ""));
        List<PreparedHeader> headers = ReadHeaders(fields, variables, none, example: null, path);
        Template? text = string.IsNullOrEmpty(spec.Body) ? null : Template.Parse(spec.Body, variables, none);
        if (text is not null && !HasContentType(headers))
        {
            headers.Add(new PreparedHeader("Content-Type", ContentTypes.Derive(null, Encoding.UTF8.GetBytes(variables.Resolve(spec.Body!)))));
        }

        return new PreparedResponse(spec.Status, null, Share(headers), text?.Utf8 ?? default, text is { IsStatic: false } ? text : null);
    }

    /// <summary>Whether a status comes with a body: not 204, 205 and 304 (RFC 9110 §6.4.1).</summary>
    internal static bool AllowsBody(int status) => status is >= 200 and not (204 or 205 or 304);

    /// <param name="fields">The headers as saved.</param>
    /// <param name="variables">Fills in their variables.</param>
    /// <param name="captures">Names that wildcards capture under.</param>
    /// <param name="example">Names the example; null for a server response.</param>
    /// <param name="place">Where the server response stands.</param>
    private List<PreparedHeader> ReadHeaders(IEnumerable<Field> fields, VariableResolver variables, IReadOnlySet<string> captures, ExampleIdentity? example, string place)
    {
        var headers = new List<PreparedHeader>();
        foreach (Field field in fields)
        {
            string name = variables.Resolve(field.Name).Trim();
            if (!HeaderText.IsName(name))
            {
                issues.Add(new LoadIssue
                {
                    Severity = LoadIssueSeverity.Skipped,
                    Path = (example?.Path ?? place) + ".header",
                    Reason = "HeaderName",
                    Message = $"'{HeaderText.Clean(name)}' is no name of a header: use letters, digits and hyphens. The header is not sent.",
                });
            }
            else if (!s_dropped.Contains(name))
            {
                headers.Add(_headers.Of(field.Value.Contains("{{", StringComparison.Ordinal)
                    ? new PreparedHeader(name, Template.Parse(field.Value, variables, captures))
                    : new PreparedHeader(name, field.Value)));
            }
        }

        return headers;
    }

    private ImmutableArray<PreparedHeader> Share(List<PreparedHeader> headers) => ImmutableCollectionsMarshal.AsImmutableArray(_heads.Of([.. headers]));

    private static bool HasContentType(IEnumerable<PreparedHeader> headers) =>
        headers.Any(static header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase));

    /// <summary>A reason phrase that can stand in a status line; null, which means the usual one, when it cannot.</summary>
    private static string? CleanReason(string? reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.AsSpan().ContainsAnyExceptInRange(' ', '~') ? null : reason.Trim();
}
