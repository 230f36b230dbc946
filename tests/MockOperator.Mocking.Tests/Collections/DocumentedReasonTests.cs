using System.Globalization;
using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Tests.Collections;

/// <summary>Holds <c>docs/collections.md</c> to what the readers do.</summary>
public sealed class DocumentedReasonTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "docs", "collections.md"));

    [Fact]
    public void The_page_lists_every_reason_and_no_other()
    {
        IEnumerable<string> documented = Lines.SkipWhile(static line => line != "## Issues")
            .Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(static line => line.Split('`')[1]);

        Assert.Equal(
            typeof(LoadIssueReason).GetFields().Select(static field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
            documented.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("size of a document", 32)]
    [InlineData("nesting of JSON", 10_000)]
    [InlineData("nesting of folders", 64)]
    [InlineData("folders and requests", 200_000)]
    [InlineData("examples", 50_000)]
    [InlineData("length of a URL", 65_536)]
    [InlineData("headers of one message", 512)]
    [InlineData("one header, name and value", 65_536)]
    [InlineData("fields of one form, parameters of one query, variables of one table", 10_000)]
    [InlineData("issues kept", 1_000)]
    public void The_page_tells_the_default_of_every_limit(string limit, int documented)
    {
        LoadLimits limits = LoadLimits.Default;
        int actual = limit switch
        {
            "size of a document" => limits.DocumentBytes / 1024 / 1024,
            "nesting of JSON" => limits.JsonDepth,
            "nesting of folders" => limits.FolderDepth,
            "folders and requests" => limits.Items,
            "examples" => limits.Examples,
            "length of a URL" => limits.UrlLength,
            "headers of one message" => limits.Headers,
            "one header, name and value" => limits.HeaderLength,
            "issues kept" => limits.Issues,
            _ => limits.Fields,
        };

        Assert.Equal(documented, actual);
        string row = Assert.Single(Lines, line => line.StartsWith($"| {limit} |", StringComparison.Ordinal));
        Assert.Contains($"| {documented.ToString("N0", CultureInfo.InvariantCulture)}", row, StringComparison.Ordinal);
    }
}
