using System.Globalization;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Mocks;
using MockOperator.Resources;

namespace MockOperator.Cli.Status;

/// <summary>A report for people: what it is, what is wrong, then the tree of what belongs to it.</summary>
/// <param name="console">Where to.</param>
/// <param name="report">The report.</param>
internal sealed class StatusTree(CommandConsole console, StatusReport report)
{
    /// <summary>Writes it.</summary>
    public void Write()
    {
        var ink = Enum.TryParse<MockState>(report.State, out var state) ? Inks.Of(state) : Ink.Plain;
        console.Out.WriteLine($"{console.Paint($"MockServer {report.Namespace}/{report.Name}", Ink.Strong)}  {console.Paint(report.State, ink)}");
        WriteFacts();
        if (report.Problems.Count > 0)
        {
            console.Out.WriteLine();
            console.Out.WriteLine(console.Paint("What is wrong", Ink.Bad));
            foreach (var problem in report.Problems)
                WriteSentence("  ", problem);
        }

        console.Out.WriteLine();
        WriteTree();
        foreach (var unseen in report.Unseen)
            console.Out.WriteLine(console.Paint($"Not seen: {unseen}", Ink.Notice));
    }

    private void WriteFacts()
    {
        var facts = new FactList();
        facts.Add("Name", report.DisplayName);
        facts.Add("URL", report.Url);
        facts.Add("Outside", report.ExternalUrl);
        facts.Add("Collection", report.Collection is { } collection ? $"{collection}{Examples()}" : null);
        facts.Add("Access", report.Private ? $"private; keys in the Secret {report.KeySecret}" : "public");
        facts.Add("Answers", report.RespondsWith is { } response ? $"every call by the server response {response}" : null);
        facts.Add("Kept by", report.KeptBy is { } owner ? $"{owner}: edits by hand are undone" : null);
        foreach (var quota in report.Quotas)
            facts.Add("Quota", Describe(quota));
        facts.Write(console);
    }

    private string Examples() => report.Examples is not { } examples ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $": {Amount.Of(examples)} {(examples == 1 ? "example" : "examples")}{(report.Skipped > 0 ? $", {report.Skipped} not understood" : "")}{(report.Shadowed > 0 ? $", {report.Shadowed} never served" : "")}");

    private string Describe(QuotaState quota) =>
        $"{quota.Name}: {Amount.Of(quota.Used)} of {Amount.Of(quota.Limit)} calls{(quota.Period is null ? "" : $" in {quota.Period}")}"
        + $"{(quota.OfThisMock is { } own && own != quota.Used ? $", {Amount.Of(own)} by this mock" : "")}"
        + $"{(quota.ResetsAt is { } resets ? $"; reset in {Age.Of(resets - console.Time.GetUtcNow())}" : "")}";

    private void WriteTree()
    {
        var branches = new List<Branch>();
        branches.AddRange(report.Conditions.Select(condition => new Branch([Mark(Holds(condition)), new Cell(condition.Type, Ink.Strong), new Cell(condition.Reason, Ink.Faint)], [])));
        foreach (var child in report.Children)
        {
            var pods = child.Kind == "Deployment" ? report.Pods.Select(pod => new Branch(Line(pod), [])).ToList() : [];
            branches.Add(new Branch([Mark(child.IsWell), new Cell($"{child.Kind} {child.Name}", Ink.Strong), child.State], pods));
        }

        if (report.Children.All(child => child.Kind != "Deployment"))
            branches.AddRange(report.Pods.Select(pod => new Branch(Line(pod), [])));
        Branch.Write(console, branches, "");
    }

    private static Cell[] Line(PodState pod) =>
    [
        Mark(pod.IsReady && pod.IsCurrent != false),
        new Cell($"Pod {pod.Name}", Ink.Strong),
        pod.IsReady ? "ready" : pod.State,
        pod switch
        {
            { Revision: { } revision, IsCurrent: false } => new Cell($"serves {revision}, behind", Ink.Notice),
            { Revision: { } revision } => $"serves {revision}",
            { Silence: { } silence } => new Cell($"revision unknown: {silence}", Ink.Faint),
            _ => "",
        },
        pod.Restarts > 0 ? new Cell($"{pod.Restarts} restarts", Ink.Notice) : "",
        new Cell(pod.Node is null ? "" : $"on {pod.Node}", Ink.Faint),
    ];

    // What a condition says holds when it is True, but for the two that kstatus reads, which say what is not well.
    private static bool? Holds(Condition condition) => condition.Status switch
    {
        ConditionStatus.Unknown => null,
        var status => status == ConditionStatus.True ^ condition.Type is "Reconciling" or "Stalled",
    };

    private static Cell Mark(bool? isWell) => isWell switch { true => new Cell("✓", Ink.Good), false => new Cell("✗", Ink.Bad), null => new Cell("·", Ink.Faint) };

    private void WriteSentence(string indent, string sentence)
    {
        var bullet = "• ";
        foreach (var line in Wrapping.Lines(sentence, console.Width - indent.Length - 2))
        {
            console.Out.WriteLine($"{indent}{bullet}{line}");
            bullet = "  ";
        }
    }
}
