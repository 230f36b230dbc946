namespace MockOperator.Mocking.Templating;

/// <summary>What the wildcards of an example stand for in one request: decoded values by name.</summary>
public readonly struct Captures
{
    private readonly string[]? _names;
    private readonly string[]? _values;

    /// <summary>Pairs names with values; both arrays have the same length and are not changed afterwards.</summary>
    public Captures(string[] names, string[] values)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(values);
        _names = names;
        _values = values;
    }

    /// <summary>Number of captures.</summary>
    public int Count => _values?.Length ?? 0;

    /// <summary>Looks a capture up. Of two with the same name the first counts.</summary>
    /// <param name="name">Name of the wildcard, case-sensitive.</param>
    /// <returns>The decoded value; null when nothing was captured under the name.</returns>
    public string? Find(string name)
    {
        if (_names is null)
        {
            return null;
        }

        int index = Array.IndexOf(_names, name);
        return index < 0 ? null : _values![index];
    }
}
