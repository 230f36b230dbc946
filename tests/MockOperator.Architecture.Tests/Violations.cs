namespace MockOperator.Architecture.Tests;

/// <summary>Fails with every place that breaks a rule, each on its own line and in full.</summary>
internal static class Violations
{
    public static void None(IEnumerable<string> places)
    {
        var all = places.Distinct(StringComparer.Ordinal).ToArray();
        if (all.Length > 0)
            Assert.Fail(string.Join(Environment.NewLine, all));
    }
}
