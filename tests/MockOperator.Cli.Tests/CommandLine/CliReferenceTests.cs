using System.CommandLine;
using System.Globalization;
using System.Text;
using MockOperator.Cli.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;

namespace MockOperator.Cli.Tests.CommandLine;

/// <summary>The table of all options in docs/cli.md is what the program says of itself; <c>UPDATE_SNAPSHOTS=1</c> writes it.</summary>
public sealed class CliReferenceTests
{
    private const string Begin = "<!-- Written by CliReferenceTests; UPDATE_SNAPSHOTS=1 renews it. -->\n";
    private const string End = "<!-- End of what is written by CliReferenceTests. -->\n";

    private static readonly ClusterOptions s_cluster = new(new CommandConsole { Out = TextWriter.Null, Error = TextWriter.Null, In = TextReader.Null });

    [Fact]
    public async Task The_page_lists_every_command_and_option()
    {
        var path = Path.Combine(Repository(), "docs", "cli.md");
        var page = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        Assert.True(begin >= 0 && end > begin, "docs/cli.md has lost the marks between which the options stand.");
        var expected = page[..(begin + Begin.Length)] + Reference() + page[end..];
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(path, expected, TestContext.Current.CancellationToken);
        else
            Assert.Equal(expected, page);
    }

    [Fact]
    public void Everything_that_can_be_typed_says_what_it_is_in_a_sentence()
    {
        foreach (var command in Commands())
        {
            Assert.EndsWith(".", command.Description, StringComparison.Ordinal);
            Assert.All(command.Options, option => Assert.True(option.Description?.EndsWith('.') == true || option.Name is "--help" or "--version", $"{command.Name} {option.Name}: {option.Description}"));
            Assert.All(command.Arguments, argument => Assert.True(argument.Description?.EndsWith('.') == true, $"{command.Name} {argument.Name}: {argument.Description}"));
        }
    }

    private static IEnumerable<Command> Commands() => MockCommand.Create(s_cluster).Subcommands.Where(command => !command.Hidden);

    private static string Reference()
    {
        var text = new StringBuilder("\nOf all commands that talk to a cluster:\n\n");
        WriteOptions(text, s_cluster.All);
        foreach (var command in Commands())
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {Usage(command)}\n\n{command.Description}");
            if (command.Aliases.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $" Also `{string.Join("`, `", command.Aliases)}`.");
            text.Append('\n');
            foreach (var argument in command.Arguments.Where(argument => !argument.Hidden))
                text.Append(CultureInfo.InvariantCulture, $"\n- `{Name(argument)}`: {argument.Description}");
            if (command.Arguments.Any(argument => !argument.Hidden))
                text.Append('\n');
            var options = command.Options.Where(option => !option.Hidden && option.Name != "--help" && !s_cluster.All.Contains(option)).ToList();
            if (options.Count > 0)
            {
                text.Append('\n');
                WriteOptions(text, options);
            }
        }

        return text.Append('\n').ToString();
    }

    private static string Usage(Command command) => string.Join(' ', [command.Name, .. command.Arguments.Where(argument => !argument.Hidden).Select(argument =>
    {
        var name = Name(argument) + (argument.Arity.MaximumNumberOfValues > 1 ? "…" : "");
        return argument.Arity.MinimumNumberOfValues == 0 || argument.HasDefaultValue ? $"[{name}]" : name;
    })]);

    private static string Name(Argument argument) => argument.Name.ToUpperInvariant();

    private static void WriteOptions(StringBuilder text, IEnumerable<Option> options)
    {
        text.Append("| Option | Default | |\n|---|---|---|\n");
        foreach (var option in options)
        {
            var names = string.Join("`, `", option.Aliases.OrderBy(alias => alias.Length).Append(option.Name).Distinct(StringComparer.Ordinal));
            var value = option.ValueType == typeof(bool) || option.ValueType == typeof(bool?) ? "" : $" {option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant()}";
            var standard = option.HasDefaultValue && option.GetDefaultValue() is { } known and not false ? Convert.ToString(known, CultureInfo.InvariantCulture) : "";
            text.Append(CultureInfo.InvariantCulture, $"| `{names}{Cell(value)}` | {Cell(standard!)} | {Cell(option.Description!)} |\n");
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MockOperator.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("These tests run inside the repository.");
    }
}
