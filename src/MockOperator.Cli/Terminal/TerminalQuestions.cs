using Spectre.Console;

namespace MockOperator.Cli.Terminal;

/// <summary>Asks on the terminal of the process.</summary>
internal sealed class TerminalQuestions : IQuestions
{
    private const int PageSize = 12;

    /// <inheritdoc/>
    public int Choose(string question, IReadOnlyList<string> choices)
    {
        var prompt = new SelectionPrompt<int> { Title = $"[bold]{Markup.Escape(question)}[/]", PageSize = PageSize, Converter = index => Markup.Escape(choices[index]) };
        prompt.AddChoices(Enumerable.Range(0, choices.Count));
        var chosen = AnsiConsole.Prompt(prompt);
        // The list goes when one is chosen; what was asked and answered stays to be read.
        AnsiConsole.MarkupLine($"[bold]{Markup.Escape(question)}[/] {Markup.Escape(choices[chosen])}");
        return chosen;
    }

    /// <inheritdoc/>
    public string Ask(string question, string? standard = null, Func<string, string?>? fault = null)
    {
        var prompt = new TextPrompt<string>($"[bold]{Markup.Escape(question)}[/]{(standard is { Length: > 0 } ? $" [grey]({Markup.Escape(standard)})[/]" : standard is null ? "" : " [grey](optional)[/]")}")
        {
            AllowEmpty = standard is not null,
            Validator = text => fault?.Invoke(OrStandard(text, standard)) is { } wrong ? ValidationResult.Error($"[red]{Markup.Escape(wrong)}[/]") : ValidationResult.Success(),
        };
        return OrStandard(AnsiConsole.Prompt(prompt), standard);
    }

    /// <inheritdoc/>
    public bool Confirm(string question, bool standard = false) => AnsiConsole.Prompt(new ConfirmationPrompt($"[bold]{Markup.Escape(question)}[/]") { DefaultValue = standard });

    /// <inheritdoc/>
    public void Tell(string text) => AnsiConsole.WriteLine(text);

    private static string OrStandard(string text, string? standard) => text.Trim() is { Length: > 0 } given ? given : standard ?? "";
}
