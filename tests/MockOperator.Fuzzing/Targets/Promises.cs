using System.Buffers;
using System.Text;
using System.Text.Json;
using MockOperator.Fuzzing.Engine;
using MockOperator.Mocking;
using MockOperator.Mocking.Serving;
using MockOperator.Mocking.Templating;

namespace MockOperator.Fuzzing.Targets;

/// <summary>What every plan promises, whatever it was made of and whatever is asked of it.</summary>
internal static class Promises
{
    private const int MostExamples = 6;
    private static readonly string[] s_paths = ["/", "/a?b=c", "/users/1"];

    /// <summary>Asks two plans that were made of the same for some of their examples and for what they do not have.</summary>
    public static void Answer(MockPlan plan, MockPlan again)
    {
        Violation.Unless(plan.ExampleCount == again.ExampleCount, "The same document gives the same examples.");
        Violation.Unless(plan.Issues.SequenceEqual(again.Issues), "The same document gives the same issues.");
        var about = new MadeUpRequest("GET", "/", HeaderTable.None, default);
        foreach (ExplainedExample example in plan.Explain(about.ToRequest()).Examples.Take(MostExamples))
        {
            Answer(plan, again, new MadeUpRequest(example.Method, MadeUpRequest.TargetOf(example.Target), HeaderTable.None, "{}"u8.ToArray()));
        }

        foreach (string path in s_paths)
        {
            Answer(plan, again, about with { Target = path });
        }
    }

    /// <summary>Asks two plans that were made of the same for the same.</summary>
    public static void Answer(MockPlan plan, MockPlan again, MadeUpRequest made)
    {
        MockRequest request = made.ToRequest();
        _ = plan.NeedsBody(made.Method, made.Headers);
        MatchResult result = plan.Match(request);
        MatchResult second = again.Match(request);
        Violation.Unless(result.Outcome == second.Outcome && result.Response?.ExampleId == second.Response?.ExampleId, "The same call gets the same example.");
        Violation.Unless(result.Score.Equals(second.Score), "The same call gets the same score.");
        if (result.Outcome == MatchOutcome.TooMuch)
        {
            // The host says no; what is explained of such a call, if anything, is bounded likewise.
            _ = plan.Explain(request);
            return;
        }

        Explain(plan, request, result);
        if (!result.HasResponse)
        {
            var error = new ArrayBufferWriter<byte>();
            plan.WriteError(result, plan.FindNearest(request, result), error);
            IsJson(error.WrittenSpan);
            return;
        }

        Violation.Unless(result.Response.Status is >= 200 and <= 599, "A status is 200 to 599.");
        Violation.Unless(Render(request, result).AsSpan().SequenceEqual(Render(request, second)), "The same call with the same seed gets the same bytes.");
    }

    /// <summary>Whether bytes are one document of JSON.</summary>
    public static void IsJson(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 1000 });
        while (reader.Read())
        {
            // Whatever is wrong is an exception.
        }
    }

    /// <summary>Whether a value may stand in a header.</summary>
    public static void IsHeader(string value) =>
        Violation.Unless(!value.AsSpan().ContainsAnyExcept(s_legalInHeader), "A header holds visible ASCII, spaces and tabs.");

    private static readonly SearchValues<char> s_legalInHeader = SearchValues.Create("\t " + string.Concat(Enumerable.Range('!', '~' - '!' + 1).Select(static code => (char)code)));

    private static void Explain(MockPlan plan, in MockRequest request, in MatchResult result)
    {
        MatchExplanation explanation = plan.Explain(request);
        Violation.Unless(explanation.Outcome == result.Outcome, "An explanation tells the outcome of the call.");
        if (result.Outcome == MatchOutcome.Matched)
        {
            ExplainedExample first = explanation.Examples[0];
            Violation.Unless(first.Won && first.Id == result.Response!.ExampleId, "An explanation names the winner first.");
            Violation.Unless(first.Score is null || Math.Abs(first.Score.Value - result.Score) < 1e-9, "An explanation tells the winner's score.");
        }

        var written = new ArrayBufferWriter<byte>();
        plan.WriteExplanation(request, written);
        IsJson(written.WrittenSpan);
    }

    private static byte[] Render(in MockRequest request, in MatchResult result)
    {
        var context = new RenderContext(request, result.Captures, ValueSource.Seeded(1, StillTime.Instance));
        var output = new ArrayBufferWriter<byte>();
        long rendered = 0;
        foreach (PreparedHeader header in result.Response!.Headers)
        {
            string value = header.Render(ref context);
            IsHeader(value);
            rendered += header.Value is null ? value.Length : 0;
            output.Write(Encoding.UTF8.GetBytes($"{header.Name}: {value}\n"));
        }

        Violation.Unless(rendered <= RenderContext.MaxSubstitutedHeaderBytes + (8L * 1024 * 1024), "Rendered headers are bounded.");
        result.Response.WriteBody(output, ref context);
        return output.WrittenSpan.ToArray();
    }
}
