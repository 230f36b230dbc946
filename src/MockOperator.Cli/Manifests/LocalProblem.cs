namespace MockOperator.Cli.Manifests;

/// <summary>Something among the given files that cannot be used.</summary>
/// <param name="Where">A file, or a file and the object in it.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record LocalProblem(string Where, string Message);
