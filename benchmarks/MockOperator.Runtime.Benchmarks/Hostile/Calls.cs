namespace MockOperator.Runtime.Benchmarks.Hostile;

/// <summary>What a bystander saw.</summary>
/// <param name="Count">Calls.</param>
/// <param name="Failed">Those that were not answered with 200.</param>
/// <param name="P99">Milliseconds within which 99 of 100 were answered.</param>
/// <param name="Worst">Milliseconds of the longest.</param>
internal readonly record struct Calls(int Count, int Failed, double P99, double Worst);
