namespace MockOperator.Cli.Manifests;

/// <summary>What a JSON document is.</summary>
internal enum DocumentKind
{
    /// <summary>A Postman collection, or something that is reported as a broken one.</summary>
    Collection,

    /// <summary>A Postman environment export.</summary>
    Environment,

    /// <summary>A Kubernetes manifest.</summary>
    Manifest,
}
