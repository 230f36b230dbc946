namespace MockOperator.Architecture.Tests;

/// <summary>One project of the house and the projects below it, which it may use.</summary>
internal sealed record Floor(string Project, params string[] MayUse)
{
    /// <summary>The house, bottom first. A project that is not listed here does not belong to it.</summary>
    public static readonly Floor[] House =
    [
        new("MockOperator.Resources"),
        new("MockOperator.Kubernetes"),
        new("MockOperator.Client", "MockOperator.Resources", "MockOperator.Kubernetes"),
        new("MockOperator.Mocking", "MockOperator.Resources"),
        new("MockOperator.Runtime", "MockOperator.Resources", "MockOperator.Mocking"),
        new("MockOperator.Cli", "MockOperator.Resources", "MockOperator.Mocking", "MockOperator.Runtime", "MockOperator.Kubernetes", "MockOperator.Client"),
        new("MockOperator.Operator", "MockOperator.Resources", "MockOperator.Mocking", "MockOperator.Kubernetes"),
    ];

    public override string ToString() => Project;
}
