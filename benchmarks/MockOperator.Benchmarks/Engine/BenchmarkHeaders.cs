using System.Diagnostics.CodeAnalysis;
using MockOperator.Mocking;

namespace MockOperator.Benchmarks.Engine;

/// <summary>Headers of a call, as a dictionary.</summary>
internal sealed class BenchmarkHeaders(params (string Name, string Value)[] headers) : IRequestHeaders
{
    private readonly Dictionary<string, string> _values = headers.ToDictionary(static header => header.Name, static header => header.Value, StringComparer.OrdinalIgnoreCase);

    public bool TryGetValue(string name, [NotNullWhen(true)] out string? value) => _values.TryGetValue(name, out value);
}
