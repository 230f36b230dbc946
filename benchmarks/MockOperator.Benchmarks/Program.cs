using MockOperator.Benchmarks;
using MockOperator.Benchmarks.Engine;

if (args.Contains("--quick", StringComparer.Ordinal))
{
    SideBySide.Rounds = 15;
}

string[] named = [.. args.Where(static arg => arg != "--quick")];
if (named.FirstOrDefault(static part => !EngineSuite.Parts.Contains(part, StringComparer.Ordinal)) is { } unknown)
{
    Console.Error.WriteLine($"There is no '{unknown}'. There is: {string.Join(", ", EngineSuite.Parts)}; --quick for fewer rounds.");
    return 1;
}

return EngineSuite.Run(named.Length == 0 ? EngineSuite.Parts : named) ? 0 : 2;
