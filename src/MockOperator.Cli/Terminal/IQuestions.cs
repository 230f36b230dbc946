namespace MockOperator.Cli.Terminal;

/// <summary>Asks the person at the terminal.</summary>
internal interface IQuestions
{
    /// <summary>Has one of several chosen.</summary>
    /// <param name="question">The question.</param>
    /// <param name="choices">What may be chosen, the usual first.</param>
    /// <returns>Which was chosen, from 0.</returns>
    int Choose(string question, IReadOnlyList<string> choices);

    /// <summary>Has a text typed.</summary>
    /// <param name="question">The question.</param>
    /// <param name="standard">What an empty line stands for; null where a text is needed, empty where it may be left out.</param>
    /// <param name="fault">Says what is wrong with a text, so that it is asked again; null when nothing is.</param>
    /// <returns>The text.</returns>
    string Ask(string question, string? standard = null, Func<string, string?>? fault = null);

    /// <summary>Asks yes or no.</summary>
    /// <param name="question">The question.</param>
    /// <param name="standard">What an empty line stands for.</param>
    bool Confirm(string question, bool standard = false);

    /// <summary>Tells something between questions.</summary>
    void Tell(string text);
}
