using MockOperator.Mocking;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Serving;

namespace MockOperator.Cli.Drafts;

/// <summary>Finds a call that an example answers, so that what is shown to be tried works.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path, with what wildcards may stand for.</param>
internal sealed record TryLine(string Method, string Path)
{
    // Further examples are no easier to call.
    private const int MostTried = 200;

    /// <summary>Finds one, a plain GET first.</summary>
    /// <param name="collection">The examples.</param>
    /// <param name="environment">The mock's variables.</param>
    /// <returns>A call without a body that is answered; null when none of the first is.</returns>
    public static TryLine? Find(LoadedCollection collection, IReadOnlyDictionary<string, string> environment)
    {
        var plan = MockPlan.Compile(collection, environment, new MockPlanOptions());
        return Enumerable.Range(0, Math.Min(plan.ExampleCount, MostTried))
            .Select(index => plan.Example(index))
            .Select(example => new TryLine(example.Method, Filled(example.Path)))
            .OrderBy(line => line.Method == "GET" ? 0 : 1)
            .FirstOrDefault(line => IsAnswered(plan, line));
    }

    private static bool IsAnswered(MockPlan plan, TryLine line) =>
        line.Path.All(static character => character is > ' ' and < (char)127)
        && plan.Match(new MockRequest(line.Method, line.Path, NoHeaders.Instance)).Response is { Status: < 400 };

    private static string Filled(string path) => string.Join('/', path.Split('/').Select(static segment => segment is ['{', '{', ..] or [':', _, ..] ? "1" : segment));

    private sealed class NoHeaders : IRequestHeaders
    {
        public static readonly NoHeaders Instance = new();

        public bool MayChoose => false;

        public bool TryGetValue(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }
    }
}
