using System.Diagnostics.CodeAnalysis;
using MockOperator.Mocking;

namespace MockOperator.Fuzzing.Targets;

/// <summary>Headers of a made-up request.</summary>
internal sealed class HeaderTable : IRequestHeaders
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>No headers.</summary>
    public static HeaderTable None { get; } = new();

    /// <summary>Adds a header; values of a repeated one are joined, as a host does it.</summary>
    public void Add(string name, string value) => _values[name] = _values.TryGetValue(name, out string? before) ? $"{before}, {value}" : value;

    /// <inheritdoc/>
    public bool TryGetValue(string name, [NotNullWhen(true)] out string? value) => _values.TryGetValue(name, out value);
}
