namespace MockOperator.Resources;

/// <summary>A path prefix below which a mock is found from outside. The runtime strips it, since ingress controllers do so each in a way of its own.</summary>
public sealed record ExposedPath
{
    /// <summary>Host name that the prefix belongs to: other hosts, such as the Service's, know no prefix.</summary>
    public string Host { get; init; } = "";

    /// <summary>The prefix, with a slash at its start and none at its end.</summary>
    public string Path { get; init; } = "";
}
