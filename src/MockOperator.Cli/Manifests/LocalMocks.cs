namespace MockOperator.Cli.Manifests;

/// <summary>The mocks that the given files describe, and what stands in the way of others.</summary>
/// <param name="Mocks">What can be compiled.</param>
/// <param name="Problems">What cannot.</param>
internal sealed record LocalMocks(IReadOnlyList<LocalMock> Mocks, IReadOnlyList<LocalProblem> Problems)
{
    /// <summary>Mocks whose manifests break a rule.</summary>
    public IReadOnlyList<RefusedMock> Refused { get; init; } = [];

    /// <summary>Reads the files and resolves what refers to what, as the operator does in a cluster.</summary>
    public static LocalMocks Read(IReadOnlyList<string> paths) => new LocalResolver(LocalDocuments.Read(paths)).Resolve();
}
