using MockOperator.Cli.Terminal;
using MockOperator.Kinds;

namespace MockOperator.Cli.Usage;

/// <summary>What was used of a quota, for people: Postman's page of usage.</summary>
/// <param name="console">Where to.</param>
internal sealed class UsagePage(CommandConsole console)
{
    private const int MostMocks = 20;

    /// <summary>Writes it.</summary>
    /// <param name="quota">The quota.</param>
    /// <param name="named">The mock that was asked for; null for all.</param>
    public void Write(MockQuota quota, string? named)
    {
        var (spec, status) = (quota.Spec, quota.Status);
        var limit = status?.Limit ?? spec?.Calls ?? 0;
        var used = status?.Used ?? 0;
        console.Out.WriteLine($"{console.Paint($"Quota {quota.Metadata.NamespaceProperty}/{quota.Metadata.Name}", Ink.Strong)}  {console.Paint($"{status?.Period ?? "not counted yet"}, a {(spec?.Period ?? default).ToString().ToLowerInvariant()} of {spec?.TimeZone ?? "UTC"}", Ink.Faint)}");
        var ink = used >= limit ? Ink.Bad : IsWarned(quota) ? Ink.Notice : Ink.Good;
        console.Out.WriteLine($"  {console.Paint(Amount.Gauge(used, limit), ink)}  {Amount.Of(used)} of {Amount.Of(limit)} calls{Parenthesized(Amount.Percent(used, limit))}");
        var facts = new List<string> { $"{Amount.Of(status?.Remaining ?? limit - used)} left" };
        if (status?.Lost > 0)
            facts.Add($"{Amount.Of(status.Lost.Value)} lost with pods that were killed");
        if (status?.ResetsAt is { } resets)
            facts.Add($"reset in {Age.Of(resets - console.Time.GetUtcNow())}, {resets.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        foreach (var line in Wrapping.Lines(string.Join(" · ", facts), console.Width - 2))
            console.Out.WriteLine($"  {line}");
        foreach (var condition in (status?.Conditions ?? []).Where(condition => condition is { Type: "Ready", Status: Resources.ConditionStatus.False }))
        {
            foreach (var line in Wrapping.Lines(condition.Message, console.Width - 2))
                console.Out.WriteLine($"  {console.Paint(line, Ink.Bad)}");
        }

        WriteMocks(quota, named, used);
        WriteHistory(quota, used, limit);
    }

    private static string Parenthesized(string text) => text.Length == 0 ? "" : $" ({text})";

    private static bool IsWarned(MockQuota quota) => quota.Status?.Conditions?.Any(condition => condition is { Type: "Warning", Status: Resources.ConditionStatus.True }) == true;

    private void WriteMocks(MockQuota quota, string? named, long used)
    {
        var mocks = (quota.Status?.Mocks ?? []).Where(mock => named is null || mock.Name == named).ToList();
        if (mocks.Count == 0)
            return;
        console.Out.WriteLine();
        var table = new TextTable("MOCK", "CALLS", "SHARE");
        foreach (var mock in mocks.Take(MostMocks))
            table.Add(new Cell(mock.Name, Ink.Strong), Amount.Of(mock.Calls), Amount.Percent(mock.Calls, used));
        var others = mocks.Skip(MostMocks).Sum(mock => mock.Calls) + (named is null ? quota.Status?.OtherMocks ?? 0 : 0);
        if (others > 0)
            table.Add(new Cell("(others)", Ink.Faint), Amount.Of(others), Amount.Percent(others, used));
        table.Write(console, indent: 2);
    }

    private void WriteHistory(MockQuota quota, long used, long limit)
    {
        if (quota.Status?.History is not { Count: > 0 } history)
            return;
        var most = history.Select(period => Math.Max(period.Used, 1)).Append(Math.Max(used, 1)).Max();
        console.Out.WriteLine();
        var table = new TextTable("PERIOD", "CALLS", "OF", "");
        table.Add(new Cell(quota.Status.Period, Ink.Strong), Amount.Of(used), Amount.Of(limit), Bar(used, most, limit));
        foreach (var period in history)
            table.Add(period.Period, Amount.Of(period.Used), Amount.Of(period.Limit), Bar(period.Used, most, period.Limit));
        table.Write(console, indent: 2);
    }

    private static Cell Bar(long used, long most, long limit) => new(Amount.Bar(used, most), used >= limit ? Ink.Bad : Ink.Good);
}
