using System.CommandLine;
using MockOperator.Cli.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;

namespace MockOperator.Cli.Tests.Guides;

/// <summary>The commands that there are, as a page may name them.</summary>
internal static class KnownCommands
{
    private static readonly ClusterOptions s_cluster = new(new CommandConsole { Out = TextWriter.Null, Error = TextWriter.Null, In = TextReader.Null });
    private static readonly Command s_root = MockCommand.Create(s_cluster);

    /// <summary>Whether a text is a command line of ours.</summary>
    public static bool Is(string code) => code.StartsWith("kubectl mock ", StringComparison.Ordinal) || code.StartsWith("kubectl-mock ", StringComparison.Ordinal);

    /// <summary>What is wrong with the command lines of a text. Options that stand alone belong to the command before them.</summary>
    public static IEnumerable<string> Problems(string text)
    {
        Command? command = null;
        foreach (var code in GuideRow.Code(text))
        {
            IEnumerable<string> words = code.Split(' ');
            if (Is(code))
            {
                var name = words.SkipWhile(static word => word is "kubectl" or "mock" or "kubectl-mock").First();
                command = s_root.Subcommands.FirstOrDefault(one => one.Name == name || one.Aliases.Contains(name));
                if (command is null)
                    yield return $"There is no command '{name}' (`{code}`).";
            }
            else if (!code.StartsWith('-') || command is null)
            {
                continue;
            }

            foreach (var option in words.Where(static word => word.StartsWith('-') && word.Length > 1).Select(static word => word.Split('=')[0]))
            {
                if (command is not null && !command.Options.Concat(s_cluster.All).Any(known => known.Name == option || known.Aliases.Contains(option)))
                    yield return $"`kubectl mock {command.Name}` has no option {option} (`{code}`).";
            }
        }
    }
}
