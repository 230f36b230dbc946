namespace MockOperator.Runtime.Bundles;

/// <summary>
/// A pushed bundle that is served although the mounted files are of another revision. Kept as it came, since a changed Secret makes it be read again.
/// </summary>
/// <param name="Files">Its files.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Since">When it was pushed: a timestamp of the <see cref="TimeProvider"/>.</param>
internal sealed record BundleOverlay(PushedFiles Files, string Revision, long Since)
{
    /// <summary>How long the mounted files may stay behind. ConfigMaps are the truth: what they do not say after that time is not so.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
}
