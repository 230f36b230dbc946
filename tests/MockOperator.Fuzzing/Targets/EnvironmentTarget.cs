using MockOperator.Fuzzing.Engine;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Templating;

namespace MockOperator.Fuzzing.Targets;

/// <summary>Environments as Postman exports them, and variables that refer to each other.</summary>
internal sealed class EnvironmentTarget : FuzzTarget
{
    private const int MostVariables = 16;
    private const int LongValue = 16;

    /// <inheritdoc/>
    public override string Name => "environment";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words => ["\"values\":[", "\"key\":", "\"value\":", "\"enabled\":false", "\"environment\":{", "{{a}}", "{{b}}{{b}}", "{{a{{b}}}}", "\"type\":\"secret\""];

    /// <summary>Growing by variables up to 64 Mi characters is documented.</summary>
    public override long MostAllocated(int length) => (1024L * 1024 * 1024) + (64L * 1024 * length);

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() =>
    [
        .. SeedFiles.Corpus("*environment.json"),
        SeedFiles.Text("""{"name":"n","values":[{"key":"a","value":"{{b}}"},{"key":"b","value":"{{c}}{{c}}"},{"key":"c","value":"{{a}}"},{"key":"d{{a}}","value":7,"enabled":true}]}"""),
    ];

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        LoadedEnvironment environment = PostmanEnvironmentReader.Read(input);
        LoadedEnvironment again = PostmanEnvironmentReader.Read(input);
        Violation.Unless(environment.Variables.Count == again.Variables.Count && environment.Issues.SequenceEqual(again.Issues), "The same document gives the same variables.");
        foreach ((string name, string value) in environment.Variables)
        {
            Violation.Unless(again.Variables[name] == value, "The same document gives the same values.");
            if (value.Length >= LongValue && !environment.Name.Contains(value, StringComparison.Ordinal) && !environment.Variables.Keys.Any(key => key.Contains(value, StringComparison.Ordinal)))
            {
                Violation.Unless(!environment.Issues.Any(issue => issue.Message.Contains(value, StringComparison.Ordinal)), "No value is quoted in an issue.");
            }
        }

        var resolver = new VariableResolver(environment.Variables, VariableScope.Empty);
        foreach (string name in environment.Variables.Keys.Take(MostVariables))
        {
            Violation.Unless(resolver.Resolve($"{{{{{name}}}}}").Length <= VariableResolver.MaxExpansion + name.Length + 4, "A text grows within its bound.");
        }
    }
}
