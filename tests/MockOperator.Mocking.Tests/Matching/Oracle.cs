using System.Text.RegularExpressions;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Templating;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Matching;

/// <summary>
/// The matching algorithm once more, as it is written down and without any index: example by example, string by string. Slow, and independent of the
/// engine but for the resolution of variables.
/// </summary>
internal sealed partial class Oracle(IReadOnlyList<Example> examples, MatchingSpec? matching = null, IReadOnlyDictionary<string, string>? environment = null)
{
    private readonly MatchingSpec _matching = matching ?? new MatchingSpec();
    private readonly IReadOnlyDictionary<string, string> _environment = environment ?? new Dictionary<string, string>();

    private bool IsStrict => _matching.Mode == MatchingMode.Strict;

    private bool Wildcards => _matching.Wildcards ?? true;

    /// <summary>The examples that survive, with their scores.</summary>
    public IReadOnlyList<(Example Example, double Score)> Survivors(string method, string target, Headers headers, string body, string? contentType)
    {
        IEnumerable<Example> candidates = OfMethod(method);
        var selected = headers.TryGetValue("x-mock-response-code", out var code);
        if (selected)
        {
            candidates = candidates.Where(example => example.Response.Status.ToString() == code!.Trim());
        }

        var question = target.IndexOf('?');
        var path = Cut(question < 0 ? target : target[..question]);
        var query = question < 0 ? [] : Parse(target[(question + 1)..]);

        var scored = candidates.Select(example => (Example: example, Score: PathScore(example, path))).Where(pair => pair.Score > 0).ToList();
        if (scored.Count == 0 && !IsStrict && !selected && (_matching.Fuzzy ?? true))
        {
            scored = [.. candidates.Where(example => IsSimilar(example, path)).Select(example => (example, 70.0))];
        }

        if (_matching.QueryParams ?? true)
        {
            scored = [.. scored.Select(pair => (pair.Example, Score: QueryScore(pair.Example, pair.Score, query))).Where(pair => pair.Score > double.MinValue)];
        }

        var names = headers.TryGetValue("x-mock-match-request-headers", out var list) ? list.Split(',') : [.. _matching.Headers ?? []];
        foreach (var name in names.Select(name => name.Trim()).Where(name => name.Length > 0))
        {
            scored.RemoveAll(pair => !SameHeader(pair.Example, name, headers));
        }

        var mode = _matching.Body ?? BodyMatching.Ignore;
        if (headers.TryGetValue("x-mock-match-request-body", out var explicitly))
        {
            mode = explicitly == "false" ? BodyMatching.Ignore : mode == BodyMatching.Ignore ? BodyMatching.Exact : mode;
        }

        if (mode == BodyMatching.Ignore)
        {
            return [.. scored.Select(pair => (pair.Example, pair.Score + (body.Length > 0 && SameBody(pair.Example, body, contentType, BodyMatching.Exact, wildcards: false) ? 5 : 0)))];
        }

        return [.. scored.Where(pair => SameBody(pair.Example, body, contentType, mode, Wildcards))];
    }

    /// <summary>The example that answers, and its score.</summary>
    public (Example? Winner, double Score) Find(string method, string target, Headers headers, string body, string? contentType)
    {
        var candidates = OfMethod(method).Where(example => !headers.TryGetValue("x-mock-response-code", out var code) || example.Response.Status.ToString() == code.Trim()).ToList();
        if (headers.TryGetValue("x-mock-response-id", out var id))
        {
            var exact = candidates.Where(example => example.Id == id.Trim() || example.Uid == id.Trim()).ToList();
            return (Pick(exact.Count > 0 ? exact : [.. candidates.Where(example => Owned().Replace(id.Trim(), "") == example.Id)], strict: false), 0);
        }

        if (headers.TryGetValue("x-mock-response-name", out var name))
        {
            return (Pick([.. candidates.Where(example => example.Name.Trim() == name.Trim())], strict: false), 0);
        }

        var survivors = Survivors(method, target, headers, body, contentType);
        if (survivors.Count == 0)
        {
            return (null, 0);
        }

        var best = survivors.Max(pair => pair.Score);
        return (Pick([.. survivors.Where(pair => pair.Score == best).Select(pair => pair.Example)], IsStrict), best);
    }

    private IEnumerable<Example> OfMethod(string method)
    {
        var own = examples.Where(example => example.Request.Method.Equals(method, StringComparison.OrdinalIgnoreCase)).ToList();
        return own.Count == 0 && method.Equals("HEAD", StringComparison.OrdinalIgnoreCase) ? OfMethod("GET") : own;
    }

    private Example? Pick(List<Example> tied, bool strict)
    {
        if (strict && tied.Count > 0)
        {
            var fewest = tied.Min(CountWildcards);
            tied = [.. tied.Where(example => CountWildcards(example) == fewest)];
        }

        var sorted = tied.OrderBy(example => example.Id, StringComparer.Ordinal).ToList();
        return sorted.FirstOrDefault(example => example.Response.Status == 200) ?? sorted.FirstOrDefault();
    }

    private int CountWildcards(Example example) =>
        PathOf(example).Count(segment => segment.IsWildcard) + QueryOf(example).Count(pair => Wildcards && IsToken(pair.Value));

    // ---- path ----
    private sealed record Segment(string Text, bool IsWildcard, string Suffix);

    private List<Segment> PathOf(Example example)
    {
        var variables = new VariableResolver(_environment, example.Scope);
        var host = variables.Resolve(example.Request.Url.Host);
        var authority = host[(host.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0)..];
        var prefix = authority.Contains('/') ? authority[(authority.IndexOf('/') + 1)..].TrimEnd('/') : "";
        var segments = prefix.Split('/', StringSplitOptions.RemoveEmptyEntries).Concat(example.Request.Url.Path.Select(variables.Resolve));
        return [.. segments.DefaultIfEmpty("").Select(segment => Read(segment, example.Request.Url))];

        Segment Read(string text, ExampleUrl url)
        {
            if (IsToken(text))
            {
                return new Segment(Decode(text), Wildcards, "");
            }

            if (text.Length > 1 && text[0] == ':' && text[1] != '.')
            {
                var dot = text.IndexOf('.');
                var name = dot < 0 ? text[1..] : text[1..dot];
                var suffix = dot < 0 ? "" : text[dot..];
                var concrete = url.PathVariables.TryGetValue(name, out var saved) && saved.Length > 0 ? saved + suffix : text;
                return new Segment(Decode(concrete), Wildcards, suffix);
            }

            return new Segment(Decode(text), false, "");
        }
    }

    private static List<string> Cut(string path) => [.. (path.StartsWith('/') ? path[1..] : path).Split('/').Select(Decode)];

    private static List<T> Strip<T>(List<T> segments, Func<T, string> text)
    {
        var kept = segments.ToList();
        while (kept.Count > 1 && text(kept[^1]).Length == 0)
        {
            kept.RemoveAt(kept.Count - 1);
        }

        return kept;
    }

    private static string Lower(string text) => string.Concat(text.Select(char.ToLowerInvariant));

    private double PathScore(Example example, List<string> sent)
    {
        var saved = PathOf(example);
        var savedShort = Strip(saved, segment => segment.Text);
        var sentShort = Strip(sent, text => text);
        var sameSlashes = saved.Count - savedShort.Count == sent.Count - sentShort.Count;
        if (saved.Select(segment => segment.Text).SequenceEqual(sent))
        {
            return 100;
        }

        if (IsStrict)
        {
            return savedShort.Any(segment => segment.IsWildcard) && sameSlashes && Covers(savedShort, sentShort, ids: false, exactCase: true) ? 80 : 0;
        }

        if (savedShort.Select(segment => segment.Text).SequenceEqual(sentShort))
        {
            return 95;
        }

        if (saved.Select(segment => Lower(segment.Text)).SequenceEqual(sent.Select(Lower)))
        {
            return 90;
        }

        if (savedShort.Select(segment => Lower(segment.Text)).SequenceEqual(sentShort.Select(Lower)))
        {
            return 85;
        }

        if (savedShort.Any(segment => segment.IsWildcard) && Covers(savedShort, sentShort, ids: false, exactCase: false))
        {
            return 80;
        }

        return savedShort.Any(segment => !segment.IsWildcard && IsId(segment.Text)) && Covers(savedShort, sentShort, ids: true, exactCase: false) ? sameSlashes ? 79 : 75 : 0;
    }

    private static bool Covers(List<Segment> saved, List<string> sent, bool ids, bool exactCase) =>
        saved.Count == sent.Count && saved.Zip(sent).All(pair =>
            pair.First.IsWildcard ? Takes(pair.First, pair.Second, exactCase)
            : (exactCase ? pair.First.Text == pair.Second : Lower(pair.First.Text) == Lower(pair.Second)) || (ids && IsId(pair.First.Text) && IsId(pair.Second)));

    private static bool Takes(Segment wildcard, string text, bool exactCase) => text.Length > wildcard.Suffix.Length
        && (exactCase ? text.EndsWith(wildcard.Suffix, StringComparison.Ordinal) : Lower(text).EndsWith(Lower(wildcard.Suffix), StringComparison.Ordinal));

    private static bool IsId(string text) => text.Length >= 256 || Number().IsMatch(text) || Uuid().IsMatch(text);

    private bool IsSimilar(Example example, List<string> sent)
    {
        var saved = Strip(PathOf(example), segment => segment.Text);
        var requested = Strip(sent, text => text);
        return saved.Count == requested.Count && saved.Zip(requested).All(pair =>
            pair.First.IsWildcard ? Takes(pair.First, pair.Second, exactCase: false) : Share(Lower(pair.Second), Lower(pair.First.Text)) >= 75);
    }

    private static double Share(string sent, string saved)
    {
        if (sent.Length == 0)
        {
            return saved.Length == 0 ? 100 : 0;
        }

        return Math.Floor((((double)sent.Length - Distance(sent, saved)) / sent.Length * 100) + 0.5);
    }

    private static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var line = 0; line <= left.Length; line++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                table[line, column] = line == 0 ? column
                    : column == 0 ? line
                    : Math.Min(
                        table[line - 1, column - 1] + (left[line - 1] == right[column - 1] ? 0 : 1),
                        Math.Min(table[line - 1, column], table[line, column - 1]) + 1);
            }
        }

        return table[left.Length, right.Length];
    }

    // ---- query ----
    private List<KeyValuePair<string, string>> QueryOf(Example example)
    {
        var variables = new VariableResolver(_environment, example.Scope);
        return
        [
            .. example.Request.Url.Query
                .Where(parameter => parameter.Key.Length > 0 || !string.IsNullOrEmpty(parameter.Value))
                .Select(parameter => KeyValuePair.Create(DecodeQuery(variables.Resolve(parameter.Key)), variables.Resolve(parameter.Value ?? "")))
                .Select(pair => Wildcards && IsToken(pair.Value) ? pair : KeyValuePair.Create(pair.Key, DecodeQuery(pair.Value))),
        ];
    }

    private static List<KeyValuePair<string, string>> Parse(string query) =>
    [
        .. query.Split('&')
            .Select(piece => piece.Split('=', 2))
            .Where(pair => pair[0].Length > 0 || (pair.Length > 1 && pair[1].Length > 0))
            .Select(pair => KeyValuePair.Create(DecodeQuery(pair[0]), pair.Length > 1 ? DecodeQuery(pair[1]) : "")),
    ];

    private double QueryScore(Example example, double score, List<KeyValuePair<string, string>> query)
    {
        var saved = QueryOf(example);
        var sent = query.ToList();
        int matches = 0, partials = 0, missing = 0, total = saved.Count;
        foreach (var wildcards in new[] { false, true })
        {
            foreach (var parameter in saved.Where(pair => (Wildcards && IsToken(pair.Value)) == wildcards).ToList())
            {
                var index = sent.FindIndex(pair => pair.Key == parameter.Key && (wildcards || pair.Value == parameter.Value));
                if (index >= 0)
                {
                    matches++;
                    sent.RemoveAt(index);
                    saved.Remove(parameter);
                }
            }
        }

        foreach (var parameter in saved)
        {
            var index = sent.FindIndex(pair => pair.Key == parameter.Key);
            if (index >= 0)
            {
                partials++;
                sent.RemoveAt(index);
            }
            else
            {
                missing++;
            }
        }

        missing += sent.Count;
        if (IsStrict && matches < total)
        {
            return double.MinValue;
        }

        var all = matches + partials + missing;
        return all == 0 ? score : matches > 0 ? score + (10.0 * matches / all) : score - Math.Min(10, missing);
    }

    // ---- headers and bodies ----
    private bool SameHeader(Example example, string name, Headers headers)
    {
        var variables = new VariableResolver(_environment, example.Scope);
        var saved = example.Request.Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => variables.Resolve(header.Value).Trim()).ToList();
        var isSent = headers.TryGetValue(name, out var sent);
        return isSent == saved.Count > 0 && (!isSent || string.Join(", ", saved).Equals(sent!.Trim(), StringComparison.OrdinalIgnoreCase));
    }

    private static bool SameBody(Example example, string body, string? contentType, BodyMatching mode, bool wildcards) =>
        OracleBody.Fits(example.Request.Body, body, contentType, mode == BodyMatching.Subset, wildcards);

    // ---- texts ----
    private static bool IsToken(string text) => WholeToken().IsMatch(text);

    private static string DecodeQuery(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace("%2F", "\uFFFF", StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\A\{\{\s*[^{}\s][^{}]*\}\}\z")]
    private static partial Regex WholeToken();

    [GeneratedRegex(@"\A[0-9]+\z")]
    private static partial Regex Number();

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\A[0-9]+-")]
    private static partial Regex Owned();
}
