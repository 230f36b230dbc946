using MockOperator.Operator.Conditions;
using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>Load issues as text of bounded length, since they quote what users wrote.</summary>
public static class IssueText
{
    /// <summary>Most issues that a status lists for one version.</summary>
    public const int MostIssues = 20;

    private const int LongestPath = 512;
    private const int LongestMessage = 512;

    /// <summary>One line.</summary>
    public static string Of(LoadIssue issue)
    {
        ArgumentNullException.ThrowIfNull(issue);
        string message = BoundedText.Cut(issue.Message, LongestMessage);
        return issue.Path.Length == 0 ? message : $"{BoundedText.Cut(issue.Path, LongestPath)}: {message}";
    }

    /// <summary>The first issues, cut to what a status may hold.</summary>
    public static IReadOnlyList<LoadIssue>? ForStatus(IEnumerable<LoadIssue> issues)
    {
        List<LoadIssue> first = [.. issues.Take(MostIssues).Select(static issue => issue with
        {
            Path = BoundedText.Cut(issue.Path, LongestPath),
            Message = BoundedText.Cut(issue.Message, LongestMessage),
        })];
        return first.Count == 0 ? null : first;
    }
}
