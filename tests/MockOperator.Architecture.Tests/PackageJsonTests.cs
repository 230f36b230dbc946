using System.Text.RegularExpressions;

namespace MockOperator.Architecture.Tests;

/// <summary>
/// What of KubernetesClient names its <c>SourceGenerationContext</c>, and with it the JSON of every kind of Kubernetes: ten megabytes and more of a program that is compiled ahead of time, laid out in memory at its start.
/// One call is enough, and nothing but the size of the program tells.
/// </summary>
public partial class PackageJsonTests
{
    [Theory]
    [InlineData("MockOperator.Kubernetes")]
    [InlineData("MockOperator.Kinds")]
    [InlineData("MockOperator.Client")]
    [InlineData("MockOperator.Dashboard")]
    [InlineData("MockOperator.PostmanApi")]
    [InlineData("MockOperator.Cli")]
    [InlineData("MockOperator.Operator")]
    public void A_program_does_not_bring_along_the_JSON_of_every_kind(string project) =>
        Violations.None(
            from file in SourceFile.Of(project)
            from Match match in Bringing().Matches(file.Code)
            select $"{file.Place}: {match.Value}: name the kinds in a JsonSerializerContext and give it to ApiJson, and read kubeconfigs by Kubeconfig");

    [GeneratedRegex(@"\bSourceGenerationContext\s*\.|\bKubernetesJson\s*\.\s*(Serialize|Deserialize)|\bKubernetesYaml\b|\bKubernetesClientConfiguration\s*\.\s*(Build|Load)\w+", RegexOptions.ExplicitCapture)]
    private static partial Regex Bringing();
}
