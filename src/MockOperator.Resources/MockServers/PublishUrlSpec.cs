namespace MockOperator.Resources;

/// <summary>Where the URL of the mock is written, so that applications can take it as an environment variable.</summary>
public sealed record PublishUrlSpec
{
    /// <summary>Which URL. Default <see cref="PublishedAddress.Internal"/>.</summary>
    public PublishedAddress? Address { get; init; }

    /// <summary>The key of a ConfigMap. The ConfigMap is created when it does not exist; other keys of it stay as they are.</summary>
    public ConfigMapKeyReference? ConfigMap { get; init; }
}
