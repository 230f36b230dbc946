namespace MockOperator.Client.Documents;

/// <summary>What a JSON document is.</summary>
public enum DocumentKind
{
    /// <summary>A Postman collection, or something that is reported as a broken one.</summary>
    Collection,

    /// <summary>A Postman environment export.</summary>
    Environment,

    /// <summary>A Kubernetes manifest.</summary>
    Manifest,
}
