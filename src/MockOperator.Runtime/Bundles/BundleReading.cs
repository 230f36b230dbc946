using MockOperator.Resources;

namespace MockOperator.Runtime.Bundles;

/// <summary>What came of reading a bundle directory.</summary>
internal abstract record BundleReading
{
    private BundleReading()
    {
    }

    /// <summary>It is whole.</summary>
    /// <param name="Bundle">What was read.</param>
    public sealed record Complete(Bundle Bundle) : BundleReading;

    /// <summary>It may become whole without anybody's doing: files are still on their way.</summary>
    /// <param name="Index">The index; null when even that is missing.</param>
    /// <param name="Problem">What is missing.</param>
    public sealed record Incomplete(BundleIndex? Index, string Problem) : BundleReading;

    /// <summary>It will not become readable without an edit.</summary>
    /// <param name="Index">The index; null when it cannot be read.</param>
    /// <param name="Problem">What is wrong and where.</param>
    public sealed record Broken(BundleIndex? Index, string Problem) : BundleReading;
}
