using System.Text;
using MockOperator.Mocking.Templating.Dynamic;

namespace MockOperator.Mocking.Tests.Templating;

/// <summary>Runs the worked examples of docs/templating.md.</summary>
public sealed class DocumentedExampleTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Root(), "docs", "templating.md")).ReplaceLineEndings("\n");

    public static TheoryData<string> Examples => [.. s_page.Split("```example\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)])];

    [Fact]
    public void The_page_has_examples() => Assert.True(Examples.Count >= 8, $"{Examples.Count} examples");

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_gives_the_answer_on_the_page(string example)
    {
        (string Key, string Value)[] lines = [.. example.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Pair(line, ": "))];
        string? Only(string key) => lines.SingleOrDefault(line => line.Key == key).Value;
        (string Name, string Value)[] All(string key, string separator) => [.. lines.Where(line => line.Key == key).Select(line => Pair(line.Value, separator))];

        Rendering rendering = new()
        {
            Variables = All("variable", "="),
            Captures = All("wildcard", "="),
            Headers = All("header", ": "),
            Target = Only("request")?.Split(' ')[1] ?? "/",
            Body = Encoding.UTF8.GetBytes(Only("body") ?? ""),
        };

        string answer = Only("header-template") is { } header ? Encoding.ASCII.GetString(rendering.RenderHeader(header)) : rendering.Render(Only("template")!);
        Assert.Equal(Only("answer"), answer);
        Assert.Empty(lines.Select(line => line.Key).Except(["variable", "wildcard", "header", "request", "body", "template", "header-template", "answer"]));
    }

    [Fact]
    public void The_page_names_every_dynamic_variable() =>
        Assert.All(DynamicVariables.Names, name => Assert.Contains($"`{name}`", s_page, StringComparison.Ordinal));

    private static (string, string) Pair(string text, string separator)
    {
        int at = text.IndexOf(separator, StringComparison.Ordinal);
        return (text[..at], text[(at + separator.Length)..]);
    }

    private static string Root()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "MockOperator.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests run outside the repository: MockOperator.sln is in no folder above them.");
    }
}
