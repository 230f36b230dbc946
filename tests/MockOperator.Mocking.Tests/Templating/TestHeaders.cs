using System.Diagnostics.CodeAnalysis;

namespace MockOperator.Mocking.Tests.Templating;

internal sealed class TestHeaders(params (string Name, string Value)[] fields) : IRequestHeaders
{
    public bool TryGetValue(string name, [NotNullWhen(true)] out string? value)
    {
        string[] values = [.. fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value)];
        value = values is [] ? null : string.Join(", ", values);
        return value is not null;
    }
}
