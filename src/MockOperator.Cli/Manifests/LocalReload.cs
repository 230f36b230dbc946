namespace MockOperator.Cli.Manifests;

/// <summary>What came of looking at the files.</summary>
/// <param name="Changed">Number of mocks that were added, replaced or removed.</param>
/// <param name="Problems">What is not served, and why.</param>
internal sealed record LocalReload(int Changed, IReadOnlyList<LocalProblem> Problems)
{
    /// <summary>Whether a mock asks for a quota, which nobody counts here.</summary>
    public bool IgnoresQuotas { get; init; }
}
