namespace MockOperator.Resources;

/// <summary>Where the resources live in the Kubernetes API.</summary>
public static class ApiGroup
{
    /// <summary>The API group of all our kinds.</summary>
    public const string Name = "mockoperator.dev";

    /// <summary>The only version served.</summary>
    public const string Version = "v1alpha1";

    /// <summary>What <c>apiVersion</c> says in a manifest.</summary>
    public const string ApiVersion = Name + "/" + Version;
}
