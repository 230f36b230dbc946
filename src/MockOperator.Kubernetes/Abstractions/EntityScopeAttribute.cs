namespace MockOperator.Kubernetes.Abstractions;

/// <summary>Says whether objects of the marked kind live in a namespace. Without it they do.</summary>
/// <param name="scope">The scope.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EntityScopeAttribute(EntityScope scope) : Attribute
{
    /// <summary>The scope of the marked kind.</summary>
    public EntityScope Scope { get; } = scope;
}
