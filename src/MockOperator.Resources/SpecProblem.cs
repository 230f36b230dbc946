namespace MockOperator.Resources;

/// <summary>A value of a spec that breaks a rule.</summary>
/// <param name="Path">Where, from the spec: <c>cors.allowOrigins[1]</c>; empty for the spec itself, and <c>metadata.name</c> for the name.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
public sealed record SpecProblem(string Path, string Message)
{
    /// <summary>Path and message as one line.</summary>
    public override string ToString() => Path switch
    {
        "" => $"spec: {Message}",
        "metadata.name" => $"metadata.name: {Message}",
        _ => $"spec.{Path}: {Message}",
    };
}
