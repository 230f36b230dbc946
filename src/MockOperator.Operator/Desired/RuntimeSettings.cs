namespace MockOperator.Operator.Desired;

/// <summary>What is the same for the pods of all mocks, given on the operator's command line.</summary>
public sealed record RuntimeSettings
{
    /// <summary>Image of the runtime.</summary>
    public string Image { get; init; } = "mock-operator/mock-runtime:latest";

    /// <summary>When the image is pulled.</summary>
    public string ImagePullPolicy { get; init; } = "IfNotPresent";

    /// <summary>Names of Secrets with which the image is pulled; they must exist in the mock's namespace.</summary>
    public IReadOnlyList<string> ImagePullSecrets { get; init; } = [];
}
