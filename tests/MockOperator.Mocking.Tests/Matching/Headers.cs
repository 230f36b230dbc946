using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace MockOperator.Mocking.Tests.Matching;

/// <summary>Headers of a call in a test.</summary>
internal sealed class Headers : IRequestHeaders, IEnumerable<KeyValuePair<string, string>>
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public static Headers None { get; } = [];

    public void Add(string name, string value) => _values[name] = _values.TryGetValue(name, out var present) ? $"{present}, {value}" : value;

    public bool TryGetValue(string name, [NotNullWhen(true)] out string? value) => _values.TryGetValue(name, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
