using MockOperator.Cli.Terminal;

namespace MockOperator.Cli.Tests.Drafts;

/// <summary>Answers from a list, and remembers what was asked.</summary>
internal sealed class ScriptedQuestions(params string[] answers) : IQuestions
{
    private readonly Queue<string> _answers = new(answers);

    public List<string> Asked { get; } = [];

    public int Choose(string question, IReadOnlyList<string> choices)
    {
        var answer = Next(question);
        var index = choices.ToList().FindIndex(choice => choice.StartsWith(answer, StringComparison.Ordinal));
        Assert.True(index >= 0, $"'{answer}' is none of {string.Join(", ", choices)}");
        return index;
    }

    public string Ask(string question, string? standard = null, Func<string, string?>? fault = null)
    {
        while (true)
        {
            var answer = Next(question) is { Length: > 0 } given ? given : standard ?? "";
            if (fault?.Invoke(answer) is not { } wrong)
                return answer;
            Asked.Add(wrong);
        }
    }

    public bool Confirm(string question, bool standard = false) => Next(question) switch { "y" => true, "n" => false, _ => standard };

    public void Tell(string text)
    {
    }

    private string Next(string question)
    {
        Asked.Add(question);
        return _answers.TryDequeue(out var answer) ? answer : throw new InvalidOperationException($"Nobody has an answer to: {question}");
    }
}
