using System.Collections.Immutable;
using MockOperator.Mocking.Collections.Documents;
using MockOperator.Resources;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Collects what was not understood. Keeps the first ones up to a limit and counts the rest.</summary>
internal sealed class IssueLog(int limit)
{
    private const int QuotedLength = 60;

    private readonly ImmutableArray<LoadIssue>.Builder issues = ImmutableArray.CreateBuilder<LoadIssue>();

    /// <summary>Number of issues, kept or not.</summary>
    public int Count { get; private set; }

    /// <summary>Shortens a text of the document for a message, so that neither its length nor its control characters harm the reader.</summary>
    public static string Quote(string text)
    {
        string start = text.Length <= QuotedLength ? text : string.Concat(text.AsSpan(0, QuotedLength), "…");
        return string.Create(start.Length, start, static (quoted, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                quoted[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
            }
        });
    }

    /// <summary>The place is served, but perhaps not as its author expects.</summary>
    public void Warn(DocumentPath path, string reason, string message) => Add(LoadIssueSeverity.Warning, path, reason, message);

    /// <summary>The place is not served.</summary>
    public void Skip(DocumentPath path, string reason, string message) => Add(LoadIssueSeverity.Skipped, path, reason, message);

    /// <summary>Nothing of the document is served.</summary>
    public void Fail(DocumentPath path, string reason, string message) => Add(LoadIssueSeverity.Fatal, path, reason, message);

    /// <summary>The issues kept, in the order found.</summary>
    public ImmutableArray<LoadIssue> ToImmutable() => issues.ToImmutable();

    private void Add(LoadIssueSeverity severity, DocumentPath path, string reason, string message)
    {
        Count++;
        if (issues.Count < limit || severity == LoadIssueSeverity.Fatal)
        {
            issues.Add(new LoadIssue { Severity = severity, Path = path.ToString(), Reason = reason, Message = message });
        }
    }
}
