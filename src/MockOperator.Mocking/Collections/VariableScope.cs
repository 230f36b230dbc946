using System.Collections.Frozen;

namespace MockOperator.Mocking.Collections;

/// <summary>Variables of a collection, folder or item, and the scope around it. Disabled variables are absent.</summary>
/// <param name="Variables">Variables by name, case-sensitive.</param>
/// <param name="Outer">The enclosing scope, asked when a name is not here.</param>
public sealed record VariableScope(FrozenDictionary<string, string> Variables, VariableScope? Outer)
{
    /// <summary>A scope without variables.</summary>
    public static VariableScope Empty { get; } = new(FrozenDictionary<string, string>.Empty, null);

    /// <summary>Looks a name up from the inside out.</summary>
    /// <returns>The value as written, which may hold further tokens; null when no scope has the name.</returns>
    public string? Find(string name)
    {
        for (VariableScope? scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Variables.TryGetValue(name, out string? value))
            {
                return value;
            }
        }

        return null;
    }
}
