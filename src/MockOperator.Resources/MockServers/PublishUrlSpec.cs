namespace MockOperator.Resources;

/// <summary>Where the URL of the mock is written, so that applications can take it as an environment variable.</summary>
public sealed record PublishUrlSpec
{
    /// <summary>The ConfigMap key. The ConfigMap is created when it does not exist; other keys of it stay as they are.</summary>
    public ConfigMapKeyReference? ConfigMapKeyRef { get; init; }
}
