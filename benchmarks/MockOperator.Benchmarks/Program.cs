using MockOperator.Benchmarks;
using MockOperator.Benchmarks.Engine;

if (args.Contains("--quick", StringComparer.Ordinal))
{
    SideBySide.Rounds = 15;
}

// `make bench` hands the same arguments to every program: what is no part of this one is another's.
string[] parts = [.. args.Intersect(EngineSuite.Parts, StringComparer.Ordinal)];
return EngineSuite.Run(parts.Length == 0 ? EngineSuite.Parts : parts) ? 0 : 2;
