namespace MockOperator.Operator.Desired;

/// <summary>What is the same for the pods of all mocks, given on the operator's command line.</summary>
public sealed record RuntimeSettings
{
    /// <summary>Image of the runtime. Without one this leads nowhere: nobody can register a name that ends in <c>.invalid</c> (RFC 2606 §2).</summary>
    public string Image { get; init; } = "your-registry.invalid/mock-runtime:unset";

    /// <summary>When the image is pulled.</summary>
    public string ImagePullPolicy { get; init; } = "IfNotPresent";

    /// <summary>Names of Secrets with which the image is pulled; they must exist in the mock's namespace.</summary>
    public IReadOnlyList<string> ImagePullSecrets { get; init; } = [];
}
