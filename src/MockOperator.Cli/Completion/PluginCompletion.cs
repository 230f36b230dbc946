using System.CommandLine;
using System.CommandLine.Completions;
using MockOperator.Cli.Terminal;

namespace MockOperator.Cli.Completion;

/// <summary>
/// kubectl's protocol for completing plugins: it looks for <c>kubectl_complete-mock</c> on the PATH, calls it with the words behind <c>kubectl mock</c>, the last of which is being typed, and reads a
/// proposal a line, with a description behind a tab, and at the end <c>:</c> and a number that says what else a shell may do (https://kubernetes.io/docs/tasks/extend-kubectl/kubectl-plugins/; cobra's
/// ShellCompDirective).
/// </summary>
internal static class PluginCompletion
{
    /// <summary>The name under which kubectl calls it.</summary>
    public const string Program = "kubectl_complete-mock";

    /// <summary>What a shell proposes where nothing is known: files.</summary>
    private const int Default = 0;

    /// <summary>Nothing but these.</summary>
    private const int NoFiles = 4;

    /// <summary>Whether the process was called by kubectl, for completion: under that name, by a link.</summary>
    public static bool IsCalled(string? program) => Path.GetFileNameWithoutExtension(program) == Program;

    /// <summary>Writes the proposals.</summary>
    /// <param name="root">The command line.</param>
    /// <param name="parsing">How it is read.</param>
    /// <param name="words">The words; the last one is being typed and may be empty.</param>
    /// <param name="console">Where to.</param>
    /// <returns>The exit code.</returns>
    public static int Write(RootCommand root, ParserConfiguration parsing, string[] words, CommandConsole console)
    {
        var typed = words.Length == 0 ? "" : words[^1];
        var before = words.Length == 0 ? [] : words[..^1];
        // `--output=js`: shells take the name and the value for one word, or for two.
        var joined = typed.StartsWith("--", StringComparison.Ordinal) && typed.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? typed[..(at + 1)] : "";
        var result = root.Parse(joined.Length == 0 ? before : [.. before, joined[..^1]], parsing);
        var proposals = Find(result, typed[joined.Length..], joined.Length > 0).ToList();
        foreach (var (word, description) in proposals)
            console.Out.WriteLine(description.Length == 0 ? joined + word : $"{joined}{word}\t{description}");
        console.Out.WriteLine($":{(proposals.Count > 0 || !TakesFile(result) ? NoFiles : Default)}");
        return 0;
    }

    private static IEnumerable<(string Word, string Description)> Find(ParseResult result, string typed, bool isValue)
    {
        var command = result.CommandResult.Command;
        if (Waiting(result) is { } option)
            return Items(option.CompletionSources, result, typed);
        if (isValue)
            return [];
        if (typed.StartsWith('-'))
        {
            return Options(result)
                .Where(one => one.Arity.MaximumNumberOfValues > 1 || result.GetResult(one) is not { Implicit: false })
                .SelectMany(one => one.Aliases.Prepend(one.Name).Where(name => name.StartsWith("--", StringComparison.Ordinal) && name.StartsWith(typed, StringComparison.Ordinal)).Select(name => (name, First(one.Description))));
        }

        var subcommands = command.Subcommands.Where(one => !one.Hidden && one.Name.StartsWith(typed, StringComparison.Ordinal)).Select(one => (one.Name, First(one.Description)));
        var argument = command.Arguments.FirstOrDefault(one => (result.GetResult(one)?.Tokens.Count ?? 0) < one.Arity.MaximumNumberOfValues);
        return subcommands.Concat(argument is null ? [] : Items(argument.CompletionSources, result, typed));
    }

    private static IEnumerable<Option> Options(ParseResult result) => result.CommandResult.Command.Options.Where(option => !option.Hidden);

    /// <summary>The option at the end that still lacks its value; null when there is none.</summary>
    private static Option? Waiting(ParseResult result) => result.Tokens is [.., { } last]
        ? Options(result).FirstOrDefault(option => (option.Name == last.Value || option.Aliases.Contains(last.Value)) && option.Arity.MinimumNumberOfValues > 0)
        : null;

    private static bool TakesFile(ParseResult result) =>
        Waiting(result) is { } option
            ? option.HelpName is "FILE" or "TEXT" || option.ValueType == typeof(FileInfo)
            : result.CommandResult.Command.Arguments.Any(argument => argument.Name is "path" or "file" || argument.ValueType == typeof(FileInfo));

    private static IEnumerable<(string Word, string Description)> Items(IEnumerable<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, ParseResult result, string typed) =>
        sources.SelectMany(source => source(result.GetCompletionContext())).Where(item => item.Label.StartsWith(typed, StringComparison.Ordinal)).Select(item => (item.Label, First(item.Detail)));

    /// <summary>The first sentence, as much as fits beside a proposal.</summary>
    private static string First(string? description)
    {
        var line = Printable.Line(description);
        var end = line.IndexOfAny(['.', ':', ';']);
        return end < 0 ? line : line[..end];
    }
}
