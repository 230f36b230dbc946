using System.Text;
using MockOperator.Fuzzing.Engine;
using MockOperator.Fuzzing.Mutation;

namespace MockOperator.Fuzzing.Tests;

/// <summary>A search that finds nothing says something only if it finds what is there.</summary>
public class FuzzerTests
{
    [Fact]
    public void A_broken_promise_is_found_and_made_small()
    {
        FuzzReport report = Search(new Target(static input => Violation.Unless(!Encoding.UTF8.GetString(input).Contains("1e999", StringComparison.Ordinal), "No number is endless.")));

        Finding finding = Assert.Single(report.Findings);
        Assert.Equal("1e999", Encoding.UTF8.GetString(finding.Input));
        Assert.Equal("No number is endless.", finding.Signature);
    }

    [Fact]
    public void An_exception_is_found_and_told_once_for_its_place()
    {
        FuzzReport report = Search(new Target(static input =>
        {
            if (input.Length % 2 == 1)
            {
                throw new InvalidOperationException("odd");
            }
        }));

        Assert.IsType<InvalidOperationException>(Assert.Single(report.Findings).Fault);
    }

    [Fact]
    public void Work_without_measure_is_found()
    {
        FuzzReport report = Search(new Target(static input => GC.KeepAlive(new byte[input.Length > 20 ? 2 * Target.Most : 0])));

        Assert.Equal("An input costs more than its length allows.", Assert.Single(report.Findings).Signature);
    }

    [Fact]
    public void The_same_seed_makes_the_same_inputs()
    {
        var first = new List<string>();
        var second = new List<string>();
        Search(new Target(input => first.Add(Convert.ToBase64String(input))));
        Search(new Target(input => second.Add(Convert.ToBase64String(input))));

        Assert.Equal(first, second);
        Assert.True(first.Distinct(StringComparer.Ordinal).Count() > first.Count / 2);
    }

    [Fact]
    public void Values_of_JSON_are_moved_and_most_of_it_stays_JSON()
    {
        var random = new Random(1);
        var mutations = new JsonMutations(random);
        byte[] document = """{"a":[1,{"b":"x"}],"c":null}"""u8.ToArray();
        int valid = Enumerable.Range(0, 1000).Count(_ => IsJson(mutations.Change(document, document)!));

        Assert.InRange(valid, 500, 1000);
        Assert.Null(mutations.Change("no JSON"u8.ToArray(), document));
    }

    private static FuzzReport Search(FuzzTarget target) => new Fuzzer(target, new CoverageMap(), new FuzzOptions { Seed = 1, Inputs = 5_000 }).Run();

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(bytes, new System.Text.Json.JsonDocumentOptions { MaxDepth = 2000 });
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private sealed class Target(Action<byte[]> run) : FuzzTarget
    {
        public const int Most = 1024 * 1024;

        public override string Name => "made up";

        public override long MostAllocated(int length) => Most;

        public override IEnumerable<byte[]> Seeds() => ["{\"a\":[1,2]}"u8.ToArray()];

        public override void Run(byte[] input) => run(input);
    }
}
