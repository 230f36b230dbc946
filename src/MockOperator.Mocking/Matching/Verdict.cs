using System.Globalization;

namespace MockOperator.Mocking.Matching;

/// <summary>What became of one example for one call.</summary>
/// <param name="Candidate">The example.</param>
/// <param name="Score">Its score; null when it was left out.</param>
/// <param name="Reason">How the score came about, or why it was left out.</param>
internal sealed record Verdict(Candidate Candidate, double? Score, string Reason)
{
    private const int PerVerdict = 500;

    /// <summary>An example of another method.</summary>
    internal static Verdict OtherMethod(Candidate candidate) => Out(candidate, $"Its method is {candidate.Method}.");

    /// <summary>Compares an example of the right method.</summary>
    /// <param name="candidate">The example.</param>
    /// <param name="similar">Whether the last resort is taken.</param>
    /// <param name="selectors">What the call chooses by.</param>
    /// <param name="state">The call.</param>
    internal static Verdict Of(Candidate candidate, bool similar, Selectors selectors, ref MatchState state)
    {
        if (state.Status is int status && candidate.Status != status)
        {
            return Out(candidate, $"Its status is {candidate.Status}, and {Selectors.StatusHeader} asks for another.");
        }

        if (selectors.Id is not null || selectors.Name is not null)
        {
            return Out(candidate, $"The call chooses by {(selectors.Id is not null ? Selectors.IdHeader : Selectors.NameHeader)}; nothing else is compared.");
        }

        if (!state.Budget.TrySpend(PerVerdict + PathComparison.Cost(candidate.Path, state.Path) + QueryComparison.Cost(candidate.Query), RequestExcess.Path))
        {
            return Out(candidate, "Comparing it takes too much work.");
        }

        PathStep step = PathComparison.Step(candidate.Path, state.Path, state.Rules.IsStrict);
        step = step == PathStep.None && similar && PathComparison.IsSimilar(candidate.Path, state.Path, ref state.Budget) ? PathStep.Similar : step;
        if (step == PathStep.None)
        {
            return Out(candidate, WhyPathDiffers(candidate.Path, state.Path));
        }

        QueryComparison query = state.Rules.QueryParams ? QueryComparison.Of(candidate.Query, state.Query) : default;
        if (state.Rules is { IsStrict: true, QueryParams: true } && query.Matches < candidate.Query.Pairs.Length)
        {
            return Out(candidate, $"{query.Matches} of its {candidate.Query.Pairs.Length} query parameters agree, and strict matching asks for all.");
        }

        if (state.Headers.FirstDifference(candidate, ref state.Budget) is { } header)
        {
            return Out(candidate, $"The header {header} differs.");
        }

        if (state.Body.IsExplicit && !state.Body.Accepts(candidate.Body, ref state.Budget))
        {
            return Out(candidate, "The body differs.");
        }

        bool bonus = !state.Body.IsExplicit && state.Body.Equals(candidate.Body);
        double score = (double)step + query.Adjustment + (bonus ? MatchState.BodyBonus : 0);
        return new Verdict(candidate, score, Describe(step, query, bonus));
    }

    private static Verdict Out(Candidate candidate, string reason) => new(candidate, null, reason);

    private static string Describe(PathStep step, QueryComparison query, bool bonus)
    {
        string path = step switch
        {
            PathStep.Exact => "The path is identical",
            PathStep.SlashesIgnored => "The path is identical but for trailing slashes",
            PathStep.CaseIgnored => "The path is identical but for case",
            PathStep.CaseAndSlashesIgnored => "The path is identical but for case and trailing slashes",
            PathStep.Wildcards => "Wildcards cover the path",
            PathStep.IdsRemoved => "The path is identical without ids",
            PathStep.IdsAndSlashesRemoved => "The path is identical without ids and trailing slashes",
            _ => "The path is similar",
        };
        string adjustment = query.Adjustment.ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture);
        string parameters = query == default ? "" : $" Query: {query.Matches} match, {query.Partials} differ in value, {query.Missing} on one side only ({adjustment}).";
        return $"{path} ({(int)step}).{parameters}{(bonus ? $" The body is equal (+{MatchState.BodyBonus})." : "")}";
    }

    private static string WhyPathDiffers(ExamplePath saved, RequestPath sent)
    {
        if (saved.Segments.Length != sent.Count)
        {
            return $"Its path has {Count(saved.Segments.Length)}, the call's {sent.Count}.";
        }

        for (int index = 0; index < sent.Count; index++)
        {
            PathSegment segment = saved.Segments[index];
            ReadOnlySpan<char> text = sent.FoldedSegment(index);
            bool fits = segment.IsWildcard ? segment.Covers(text) : text.SequenceEqual(segment.Folded) || (segment.IsId && IdSegment.Is(text));
            if (!fits)
            {
                return $"Segment {index + 1} of its path is '{Shorten(segment.Exact)}', the call's '{Shorten(sent.ExactSegment(index))}'.";
            }
        }

        return "Its path differs in case or trailing slashes.";
    }

    private static string Count(int segments) => segments == 1 ? "1 segment" : $"{segments} segments";

    private static string Shorten(ReadOnlySpan<char> text) => text.Length <= 64 ? text.ToString() : $"{text[..64]}…";
}
