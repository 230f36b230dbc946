using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Templating;

/// <summary>Finds the static variables of an example: the environment first, then its own scope from the inside out.</summary>
public sealed class VariableResolver
{
    private const int MaxPasses = 19;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly VariableScope _scope;

    /// <summary>Joins the two sources.</summary>
    /// <param name="environment">Variables of the mock's environment; they win.</param>
    /// <param name="scope">Variables of item, folders and collection.</param>
    public VariableResolver(IReadOnlyDictionary<string, string> environment, VariableScope scope)
    {
        _environment = environment;
        _scope = scope;
    }

    /// <summary>Looks a variable up.</summary>
    /// <returns>Its value as written; null when no source defines it.</returns>
    public string? Find(string name) => _environment.TryGetValue(name, out string? value) ? value : _scope.Find(name);

    /// <summary>Whether a source defines the variable.</summary>
    public bool IsDefined(string name) => Find(name) is not null;

    /// <summary>Replaces every defined variable of a text, nested ones too, in at most 19 passes; what is unknown stays as it is.</summary>
    public string Resolve(string text)
    {
        for (int pass = 0; pass < MaxPasses && text.Contains("{{", StringComparison.Ordinal); pass++)
        {
            string next = ReplaceOnce(text);
            if (next == text)
            {
                break;
            }

            text = next;
        }

        return text;
    }

    private string ReplaceOnce(string text)
    {
        var result = new System.Text.StringBuilder(text.Length);
        int position = 0;
        while (position < text.Length)
        {
            int open = text.IndexOf("{{", position, StringComparison.Ordinal);
            int close = open < 0 ? -1 : text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                break;
            }

            string name = text[(open + 2)..close];
            result.Append(text, position, open - position).Append(Find(name) ?? Find(name.Trim()) ?? text[open..(close + 2)]);
            position = close + 2;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
