using System.Text.RegularExpressions;

namespace MockOperator.Architecture.Tests;

/// <summary>What is compiled ahead of time, or can be, keeps off reflection in its own sources; the compiler's analyzers watch the rest.</summary>
public partial class ReflectionTests
{
    [Theory]
    [InlineData("MockOperator.Resources")]
    [InlineData("MockOperator.Mocking")]
    [InlineData("MockOperator.Runtime")]
    [InlineData("MockOperator.Cli")]
    [InlineData("MockOperator.PostmanApi")]
    [InlineData("MockOperator.Operator")]
    public void A_project_compiled_ahead_of_time_does_not_reflect(string project) =>
        Violations.None(
            from file in SourceFile.Of(project)
            from Match match in Reflection().Matches(file.Code)
            select $"{file.Place}: {match.Value}");

    [Theory]
    [InlineData("MockOperator.Resources")]
    [InlineData("MockOperator.Mocking")]
    [InlineData("MockOperator.Runtime")]
    [InlineData("MockOperator.Kubernetes")]
    [InlineData("MockOperator.Cli")]
    [InlineData("MockOperator.PostmanApi")]
    [InlineData("MockOperator.Operator")]
    public void A_project_compiled_ahead_of_time_says_so(string project) =>
        Assert.Contains("<IsAotCompatible>true</IsAotCompatible>", File.ReadAllText(Path.Combine(Root.Source(project), $"{project}.csproj")), StringComparison.Ordinal);

    [Theory]
    [InlineData("MockOperator.Runtime")]
    [InlineData("MockOperator.Cli")]
    [InlineData("MockOperator.Operator")]
    public void What_is_installed_is_compiled_ahead_of_time(string project) =>
        Assert.Contains("<PublishAot>true</PublishAot>", File.ReadAllText(Path.Combine(Root.Source(project), $"{project}.csproj")), StringComparison.Ordinal);

    // Reading the assembly's own version is a custom attribute, which the ahead-of-time compiler keeps.
    [GeneratedRegex(@"\busing\s+System\.Reflection\.Emit|\bActivator\s*\.\s*Create|\bAssembly\s*\.\s*Load|\bType\s*\.\s*GetType\b|\.GetType\(\)\s*\.\s*Get\w+|\btypeof\([^)]*\)\s*\.\s*Get\w+|\.MakeGeneric\w+|\bdynamic\s+\w+\s*=")]
    private static partial Regex Reflection();
}
