using System.Globalization;
using System.Text;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Gives every example an id that no other of its document has.</summary>
internal sealed class ExampleIds(IssueLog issues)
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> copies = new(StringComparer.Ordinal);

    /// <summary>
    /// The id for an example whose document gives it none. A letter before each number tells how many digits it has (<c>a7</c>, <c>b12</c>), so that
    /// ordinal order is document order and the tie rule (Postman matching, tie-break by id) means "first in the file".
    /// </summary>
    /// <param name="indexes">Index in each array on the way to the example.</param>
    public static string Derive(params ReadOnlySpan<int> indexes)
    {
        var id = new StringBuilder("path");
        foreach (int index in indexes)
        {
            string digits = index.ToString(CultureInfo.InvariantCulture);
            id.Append('-').Append((char)('a' + digits.Length - 1)).Append(digits);
        }

        return id.ToString();
    }

    /// <summary>Keeps an id apart from those before it. A copy sorts directly after its original.</summary>
    public string MakeUnique(string id, DocumentPath path)
    {
        if (taken.Add(id))
        {
            return id;
        }

        // The next number is remembered, so that ten thousand copies of one id take ten thousand steps.
        int copy = copies.GetValueOrDefault(id, 1);
        string unique;
        do
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{id}#{++copy:D6}");
        }
        while (!taken.Add(unique));

        copies[id] = copy;
        issues.Warn(
            path,
            LoadIssueReason.DuplicateId,
            $"Another example has the id \"{IssueLog.Quote(id)}\"; this one is known as \"{IssueLog.Quote(unique)}\". Give it an id of its own.");
        return unique;
    }
}
