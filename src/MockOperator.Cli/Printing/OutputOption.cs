using System.CommandLine;

namespace MockOperator.Cli.Printing;

/// <summary><c>-o</c> of a command.</summary>
internal sealed class OutputOption
{
    private readonly Option<string?> _option;

    /// <summary>Adds it.</summary>
    /// <param name="command">The command.</param>
    /// <param name="formats">What it may be, beside nothing, which is <see cref="OutputFormat.Table"/>.</param>
    public OutputOption(Command command, params OutputFormat[] formats)
    {
        string[] names = [.. formats.Select(Name)];
        _option = new Option<string?>("--output", "-o") { Description = $"Instead of what people read: {string.Join(", ", names)}.", HelpName = string.Join('|', names) };
        _option.CompletionSources.Add(names);
        _option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } named && !names.Contains(named, StringComparer.Ordinal))
                result.AddError($"-o '{named}' is none of {string.Join(", ", names)}.");
        });
        command.Options.Add(_option);
    }

    /// <summary>What was asked for.</summary>
    public OutputFormat Read(ParseResult result) => result.GetValue(_option) switch
    {
        "wide" => OutputFormat.Wide,
        "json" => OutputFormat.Json,
        "yaml" => OutputFormat.Yaml,
        "name" => OutputFormat.Name,
        _ => OutputFormat.Table,
    };

    private static string Name(OutputFormat format) => format switch
    {
        OutputFormat.Wide => "wide",
        OutputFormat.Json => "json",
        OutputFormat.Yaml => "yaml",
        OutputFormat.Name => "name",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "It has no name."),
    };
}
