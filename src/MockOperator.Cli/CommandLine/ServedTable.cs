using MockOperator.Resources;
using MockOperator.Runtime.Mocks;

namespace MockOperator.Cli.CommandLine;

/// <summary>Tells a person what is served and where.</summary>
internal static class ServedTable
{
    private const int MaxIssues = 20;

    /// <summary>Writes the table.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="table">The mocks.</param>
    /// <param name="host">Host name or address to show in URLs.</param>
    /// <param name="port">Port of the mocks.</param>
    public static void Write(TextWriter output, HostTable table, string host, int port)
    {
        HostedMock[] mocks = [.. table.Mocks.Where(static mock => mock.Content is not null).OrderBy(static mock => mock.Name, StringComparer.Ordinal)];
        int width = Math.Max(4, mocks.Select(static mock => mock.Name.Length).DefaultIfEmpty().Max());
        output.WriteLine();
        output.WriteLine($"  {"MOCK".PadRight(width)}  EXAMPLES  SKIPPED  URL");
        foreach (HostedMock mock in mocks)
        {
            int skipped = mock.Content!.Plan.Issues.Count(static issue => issue.Severity != LoadIssueSeverity.Warning);
            output.WriteLine($"  {mock.Name.PadRight(width)}  {mock.Content.Plan.ExampleCount,8}  {skipped,7}  {Url(mock, mocks, host, port)}");
        }

        output.WriteLine();
        foreach (HostedMock mock in mocks)
        {
            WriteIssues(output, mock);
        }
    }

    private static string Url(HostedMock mock, HostedMock[] all, string host, int port)
    {
        if (all.Length == 1)
        {
            return $"http://{host}:{port}";
        }

        bool ambiguous = Array.Exists(all, other => other != mock && other.Name == mock.Name);
        return ambiguous ? $"http://{host}:{port}/{mock.Name}.{mock.Namespace}" : $"http://{host}:{port}/{mock.Name}  http://{mock.Name}.localhost:{port}";
    }

    private static void WriteIssues(TextWriter output, HostedMock mock)
    {
        foreach (LoadIssue issue in mock.Content!.Plan.Issues.Take(MaxIssues))
        {
            output.WriteLine($"  {LoadReport.Describe(mock.Name, issue)}");
        }

        if (mock.Content.Plan.Issues.Length > MaxIssues)
        {
            output.WriteLine($"  {mock.Name}: {mock.Content.Plan.Issues.Length - MaxIssues} more; 'kubectl-mock check' lists all.");
        }
    }
}
