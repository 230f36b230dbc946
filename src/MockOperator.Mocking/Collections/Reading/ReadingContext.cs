using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>What all readers of one document share: the limits, the issues, and how texts are read.</summary>
internal sealed class ReadingContext
{
    private readonly TextPool pool;
    private ReadingContext? unreported;

    public ReadingContext(LoadLimits limits)
        : this(limits, limits.Issues, new TextPool())
    {
    }

    private ReadingContext(LoadLimits limits, int issues, TextPool pool)
    {
        Limits = limits;
        Issues = new IssueLog(issues);
        this.pool = pool;
    }

    /// <summary>Bounds on what is read.</summary>
    public LoadLimits Limits { get; }

    /// <summary>What was not understood so far.</summary>
    public IssueLog Issues { get; }

    /// <summary>The same limits without a place for issues, for reading what is not served and must not be reported.</summary>
    public ReadingContext Unreported => unreported ??= new ReadingContext(Limits, issues: 0, pool);

    /// <summary>
    /// A text; numbers, <c>true</c> and <c>false</c> as they are written. Null for what is absent, and for arrays and objects, which are reported.
    /// </summary>
    public string? Text(DocumentNode node)
    {
        switch (node.Kind)
        {
            case JsonValueKind.String:
                return Decode(node);
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return node.RawText();
            case JsonValueKind.Object or JsonValueKind.Array:
                WrongType(node, "a text");
                return null;
            default:
                return null;
        }
    }

    /// <summary>As <see cref="Text"/>, but arrays and objects are given as the JSON they are, without an issue.</summary>
    public string? TextOrJson(DocumentNode node) =>
        node.Kind is JsonValueKind.Object or JsonValueKind.Array ? node.RawText() : Text(node);

    /// <summary>As <see cref="TextOrJson"/>, in UTF-8 and always a copy of its own; null also for the empty text.</summary>
    public ReadOnlyMemory<byte>? Utf8OrJson(DocumentNode node)
    {
        byte[] utf8;
        switch (node.Kind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                utf8 = node.DecodeUtf8(out bool repaired);
                ReportRepair(node, repaired);
                break;
            default:
                utf8 = Utf8.IsValid(node.Raw) ? node.Raw.ToArray() : Encoding.UTF8.GetBytes(node.RawText());
                break;
        }

        return utf8.Length == 0 ? default(ReadOnlyMemory<byte>?) : utf8;
    }

    /// <summary>
    /// Whether a row of a table (header, parameter, variable) counts: not <c>disabled: true</c>, and not <c>enabled: false</c> as v1 and environments say it.
    /// </summary>
    public static bool IsEnabled(DocumentNode row) =>
        row["disabled"].Kind != JsonValueKind.True && row["enabled"].Kind != JsonValueKind.False;

    /// <summary>Reports a value of the wrong type that is read as if it were absent.</summary>
    public void WrongType(DocumentNode node, string expected) =>
        Issues.Skip(node.Path, LoadIssueReason.WrongType, $"Expected {expected}, found {Name(node.Kind)}. Correct the value or remove it.");

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Null => "null",
        _ => "nothing",
    };

    private string Decode(DocumentNode node)
    {
        if (pool.TryGet(node.Raw[1..^1]) is string pooled)
        {
            return pooled;
        }

        string text = node.Decode(out bool repaired);
        ReportRepair(node, repaired);
        return text;
    }

    private void ReportRepair(DocumentNode node, bool repaired)
    {
        if (repaired)
        {
            Issues.Warn(
                node.Path,
                LoadIssueReason.InvalidUnicode,
                "The text holds half a surrogate pair or broken UTF-8. U+FFFD is served in its place; correct the character.");
        }
    }
}
