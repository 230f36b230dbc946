namespace MockOperator.Runtime.Benchmarks.Bare;

/// <summary>An empty container.</summary>
internal sealed class NoServices : IServiceProvider
{
    /// <inheritdoc/>
    public object? GetService(Type serviceType) => null;
}
