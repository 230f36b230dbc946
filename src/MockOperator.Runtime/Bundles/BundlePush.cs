namespace MockOperator.Runtime.Bundles;

/// <summary>A bundle that came over the control channel.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Supersedes">The revisions that it replaces, as far as the sender knows them.</param>
internal sealed record BundlePush(PushedFiles Files, IReadOnlyList<string> Supersedes)
{
    /// <summary>Its revision.</summary>
    public string Revision => Files.Index.Revision ?? "";

    /// <summary>
    /// Whether it may follow what is served: its sender knows of that, so it is not a push that comes late.
    /// </summary>
    /// <param name="served">The revision that is served; null for none.</param>
    public bool MayFollow(string? served) => served is null || served == Revision || Supersedes.Contains(served, StringComparer.Ordinal);
}
