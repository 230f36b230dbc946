using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Mocking.Templating;

/// <summary>
/// Resolves the static variables of an example: the environment first, then its own scopes from the inside out. Values may hold tokens themselves.
/// Used while a plan is compiled, by one thread.
/// </summary>
public sealed class VariableResolver
{
    /// <summary>How deep values may refer to other variables (Collection SDK: 19 passes). The token below is left as it is.</summary>
    public const int MaxDepth = 19;

    /// <summary>
    /// Characters that substitution may add to one text: 1,048,576. The token that would pass it is left as it is, and so are all after it, so that
    /// variables that double each other stay harmless.
    /// </summary>
    public const int MaxExpansion = 1024 * 1024;

    private const int MaxIssues = 64;
    private const int MaxRemembered = 64 * 1024;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly VariableScope _scope;
    private readonly Dictionary<string, (string Value, int Height)> _values = new(StringComparer.Ordinal);
    private readonly List<LoadIssue> _issues = [];

    /// <summary>Joins the two sources.</summary>
    /// <param name="environment">Variables of the mock's environment; they win.</param>
    /// <param name="scope">Variables of item, folders and collection.</param>
    /// <param name="budget">What all texts of a plan may grow by together; null for a budget of its own.</param>
    public VariableResolver(IReadOnlyDictionary<string, string> environment, VariableScope scope, ExpansionBudget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(scope);
        _environment = environment;
        _scope = scope;
        Budget = budget ?? new ExpansionBudget();
    }

    /// <summary>
    /// What went wrong so far, each once, at most 64: <c>VariableCycle</c>, <c>VariableTooDeep</c>, <c>VariableTooLong</c>. The path is empty: who
    /// asks for a text knows where it stands.
    /// </summary>
    public IReadOnlyList<LoadIssue> Issues => _issues;

    /// <summary>Looks a variable up: the name exactly, then without spaces at its ends.</summary>
    /// <returns>Its value, resolved; null when no source defines it or it refers to itself.</returns>
    public string? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new VariableExpansion(this).Substitute(name);
    }

    /// <summary>Whether a source defines the variable.</summary>
    public bool IsDefined(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return FindKey(name) is not null;
    }

    /// <summary>
    /// Replaces every defined variable of a text, nested ones too (also <c>{{a{{b}}}}</c>, the inner first). What is unknown stays as it is, braces
    /// included; so does a variable that refers to itself, directly or through others.
    /// </summary>
    public string Resolve(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains("{{", StringComparison.Ordinal) ? new VariableExpansion(this).Expand(text) : text;
    }

    /// <summary>What is left for all texts.</summary>
    internal ExpansionBudget Budget { get; }

    /// <summary>The name under which a source has the variable; null when none has it.</summary>
    internal string? FindKey(string name)
    {
        if (FindRaw(name) is not null)
        {
            return name;
        }

        string trimmed = name.Trim();
        return trimmed.Length < name.Length && FindRaw(trimmed) is not null ? trimmed : null;
    }

    /// <summary>The value as written.</summary>
    internal string? FindRaw(string key) => _environment.TryGetValue(key, out string? value) ? value : _scope.Find(key);

    /// <summary>A value that was resolved before, with the depth of tokens inside it.</summary>
    internal bool TryRecall(string key, out (string Value, int Height) resolved) => _values.TryGetValue(key, out resolved);

    /// <summary>Keeps a value whose resolution met no limit and no cycle; large ones are resolved again when needed.</summary>
    internal void Remember(string key, string value, int height)
    {
        if (value.Length <= MaxRemembered)
        {
            _values[key] = (value, height);
        }
    }

    internal void Report(string reason, string message)
    {
        if (_issues.Count < MaxIssues && !_issues.Exists(issue => issue.Message == message))
        {
            _issues.Add(new LoadIssue { Severity = LoadIssueSeverity.Warning, Reason = reason, Message = message });
        }
    }
}
