using System.Globalization;

namespace MockOperator.Resources;

/// <summary>What a <see cref="CallLogSpec"/> must satisfy, and its defaults.</summary>
public static class CallLogRules
{
    /// <summary>Most calls that may be remembered.</summary>
    public const int MaxEntries = 100_000;

    /// <summary>Calls that are remembered when nothing is said.</summary>
    public const int DefaultEntries = 1000;

    /// <summary>Least memory that may be given.</summary>
    public const int MinBytes = 64 * 1024;

    /// <summary>Most memory that may be given.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    /// <summary>The memory when nothing is said.</summary>
    public const int DefaultBytes = 4 * 1024 * 1024;

    /// <summary>Most names of <see cref="CallLogSpec.RedactHeaders"/>.</summary>
    public const int MaxRedactHeaders = 32;

    private static readonly (string Suffix, int Factor)[] s_units = [("Ki", 1024), ("Mi", 1024 * 1024), ("k", 1000), ("M", 1_000_000), ("", 1)];

    /// <summary>What is checked here, in CEL.</summary>
    public static IEnumerable<CelRule> Cel =>
    [
        new(
            ".spec.callLog.bytes",
            "self.endsWith('Mi') ? int(self.replace('Mi', '')) >= 1 && int(self.replace('Mi', '')) <= 256 "
                + ": self.endsWith('Ki') ? int(self.replace('Ki', '')) >= 64 && int(self.replace('Ki', '')) <= 262144 "
                + ": self.endsWith('M') ? int(self.replace('M', '')) >= 1 && int(self.replace('M', '')) <= 268 "
                + ": self.endsWith('k') ? int(self.replace('k', '')) >= 66 && int(self.replace('k', '')) <= 268435 "
                + ": int(self) >= 65536 && int(self) <= 268435456",
            "64Ki to 256Mi"),
    ];

    /// <summary>Checks a spec.</summary>
    /// <param name="spec">The spec; null is the default and right.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<SpecProblem> Check(CallLogSpec? spec)
    {
        if (spec is null)
        {
            return [];
        }

        var problems = new List<SpecProblem>();
        if (spec.Entries is { } entries and not (>= 1 and <= MaxEntries))
        {
            problems.Add(new("callLog.entries", $"{entries} is not between 1 and {MaxEntries}; to remember no call set callLog.keep to None"));
        }

        if (spec.Bytes is { } bytes && !TryReadBytes(bytes, out _))
        {
            problems.Add(new("callLog.bytes", "a quantity from 64Ki to 256Mi such as 512Ki, 4Mi or 8M is needed"));
        }

        if (spec.RedactHeaders is { } names && (names.Count > MaxRedactHeaders || !names.All(static name => HttpToken.IsToken(name))))
        {
            problems.Add(new("callLog.redactHeaders", $"at most {MaxRedactHeaders} names of headers are needed, without blanks and colons"));
        }

        return problems;
    }

    /// <summary>Reads a quantity of memory within the bounds.</summary>
    /// <param name="text">Digits, with <c>Ki</c>, <c>Mi</c>, <c>k</c>, <c>M</c> or nothing behind them.</param>
    /// <param name="bytes">So many.</param>
    /// <returns>False when it is none, or out of bounds.</returns>
    public static bool TryReadBytes(string text, out int bytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        (string suffix, int factor) = s_units.First(unit => text.EndsWith(unit.Suffix, StringComparison.Ordinal));
        bool isNumber = long.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        bool isRight = isNumber && number <= MaxBytes / factor && number * factor >= MinBytes;
        bytes = isRight ? (int)(number * factor) : 0;
        return isRight;
    }
}
