using System.Globalization;
using System.Text.RegularExpressions;

namespace MockOperator.Benchmarks;

/// <summary>What callgrind has counted.</summary>
internal static partial class Callgrind
{
    /// <summary>Reads the instructions of all of it.</summary>
    public static long ReadTotal(string output) =>
        long.Parse(File.ReadLines(output).Last(static line => line.StartsWith("totals: ", StringComparison.Ordinal)).AsSpan("totals: ".Length), CultureInfo.InvariantCulture);

    /// <summary>Reads the instructions that each compiled method took itself.</summary>
    public static Dictionary<string, long> Read(string output)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        string method = "";
        bool isCall = false;
        foreach (string line in File.ReadLines(output))
        {
            if (Named().Match(line) is { Success: true } named)
            {
                string number = named.Groups["number"].Value;
                if (named.Groups["name"] is { Success: true } name)
                {
                    // Recursion is counted apart.
                    names[number] = name.Value.Split('\'')[0];
                }

                method = named.Groups["callee"].Success ? method : names[number];
            }
            else if (line.StartsWith("calls=", StringComparison.Ordinal))
            {
                isCall = true;
            }
            else if (Cost().Match(line) is { Success: true } cost)
            {
                if (!isCall && method.Length > 0)
                {
                    counts[method] = counts.GetValueOrDefault(method) + long.Parse(cost.Groups["cost"].ValueSpan, CultureInfo.InvariantCulture);
                }

                isCall = false;
            }
        }

        // What has a signature is the runtime's own C++, which is not for the compiler to place; what has an address has no name.
        return counts
            .Where(static pair => !pair.Key.Contains('(', StringComparison.Ordinal) && !pair.Key.Contains("::", StringComparison.Ordinal) && !pair.Key.StartsWith("0x", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^(?<callee>c)?fn=\((?<number>\d+)\)(?: (?<name>.+))?$", RegexOptions.NonBacktracking)]
    private static partial Regex Named();

    [GeneratedRegex(@"^[-+*\d]\S* (?<cost>\d+)$", RegexOptions.NonBacktracking)]
    private static partial Regex Cost();
}
