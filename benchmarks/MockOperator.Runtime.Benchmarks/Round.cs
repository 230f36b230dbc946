namespace MockOperator.Runtime.Benchmarks;

/// <summary>What one server did in one round.</summary>
/// <param name="PerSecond">Requests a second, as the load generator saw them.</param>
/// <param name="PerProcessorSecond">Requests a second of the server's own processor time: what else runs on the machine hardly moves it.</param>
internal readonly record struct Round(double PerSecond, double PerProcessorSecond);
