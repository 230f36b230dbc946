namespace MockOperator.Architecture.Tests;

/// <summary>One project of the house and the projects below it, which it may use.</summary>
internal sealed record Floor(string Project, params string[] MayUse)
{
    /// <summary>The house, bottom first. A project that is not listed here does not belong to it.</summary>
    public static readonly Floor[] House =
    [
        new("MockOperator.Resources"),
        new("MockOperator.Kubernetes"),
        new("MockOperator.Kinds", "MockOperator.Resources", "MockOperator.Kubernetes"),
        new("MockOperator.Mocking", "MockOperator.Resources"),
        new("MockOperator.Client", "MockOperator.Resources", "MockOperator.Kubernetes", "MockOperator.Kinds", "MockOperator.Mocking"),
        new("MockOperator.Dashboard", "MockOperator.Resources", "MockOperator.Kubernetes", "MockOperator.Kinds", "MockOperator.Mocking", "MockOperator.Client"),
        new("MockOperator.PostmanApi", "MockOperator.Resources", "MockOperator.Kubernetes", "MockOperator.Kinds", "MockOperator.Mocking", "MockOperator.Client"),
        new("MockOperator.Runtime", "MockOperator.Resources", "MockOperator.Mocking"),
        new("MockOperator.Cli", "MockOperator.Resources", "MockOperator.Mocking", "MockOperator.Runtime", "MockOperator.Kubernetes", "MockOperator.Kinds", "MockOperator.Client", "MockOperator.Dashboard", "MockOperator.PostmanApi"),
        new("MockOperator.Operator", "MockOperator.Resources", "MockOperator.Mocking", "MockOperator.Kubernetes", "MockOperator.Kinds"),
    ];

    public override string ToString() => Project;
}
