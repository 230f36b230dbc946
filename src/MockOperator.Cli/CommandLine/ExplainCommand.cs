using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Explaining;
using MockOperator.Cli.Keys;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Ports;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock explain</c>: which example would answer a call, and why each of the others would not.</summary>
internal static class ExplainCommand
{
    private const int DefaultRows = 10;
    private const int LongestAnswer = 64 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("explain", "Ask a mock which example would answer a call, with the score of each and why it won or lost. It counts as a call of the mock's quotas, and is listed among its calls as explained.");
        var name = MockArgument.Mock(options);
        var words = new Argument<string[]>("call") { Description = "Method and path, such as: GET '/pets?limit=10'. The path alone is asked for with GET.", Arity = new ArgumentArity(1, 2) };
        var headers = new Option<string[]>("--header", "-H") { Description = "A header, as curl has it; may be repeated.", HelpName = "NAME: VALUE", Arity = ArgumentArity.OneOrMore };
        var body = new Option<string?>("--body", "-d") { Description = "The body, or @FILE.", HelpName = "TEXT" };
        var limit = new Option<int>("--limit") { Description = "Most examples that are shown.", HelpName = "NUMBER", DefaultValueFactory = _ => DefaultRows };
        command.Arguments.Add(name);
        command.Arguments.Add(words);
        foreach (var option in (Option[])[headers, body, limit])
            command.Options.Add(option);
        var output = new OutputOption(command, OutputFormat.Json, OutputFormat.Yaml);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var asked = AskedCall.Read(call.Result.GetValue(words)!, call.Result.GetValue(headers) ?? [], call.Result.GetValue(body));
            var mock = await call.FindAsync<MockServer>(call.Result.GetValue(name)!, cancellationToken);
            if (mock.Spec?.Matching?.Explain is { } mode and not ExplainMode.All)
                throw new CommandException($"The mock {mock.Metadata.Name} explains nothing (spec.matching.explain: {mode}). What nearly answered a call that was made is shown by `kubectl mock calls {mock.Metadata.Name} --unmatched`; All lets callers ask.");
            var explanation = await AskAsync(call, mock, asked, cancellationToken);
            if (output.Read(call.Result) is var format and not OutputFormat.Table)
                ObjectPrinter.WriteDocument(call.Console, format, explanation, ExplanationJson.Default.Explanation);
            else
                Write(call.Console, asked, explanation, Math.Max(1, call.Result.GetValue(limit)));
            return 0;
        });
        return command;
    }

    private static async Task<Explanation> AskAsync(ClusterCall call, MockServer mock, AskedCall asked, CancellationToken cancellationToken)
    {
        var ports = new MockPorts(call.Cluster, call.Key(mock.Metadata.Name));
        if (await ports.FindReadyAsync(cancellationToken) is not [var pod, ..])
            throw new CommandException($"The mock {mock.Metadata.Name} has no pod that is ready. `kubectl mock status {mock.Metadata.Name}` says why.");
        using var request = asked.ToMessage($"{mock.Metadata.Name}.{mock.Metadata.NamespaceProperty}.svc");
        request.Headers.TryAddWithoutValidation("x-mock-explain", "true");
        if (mock.Spec?.Private == true && !asked.Headers.Any(header => string.Equals(header.Key, KeySecret.HeaderOf(mock), StringComparison.OrdinalIgnoreCase)))
            request.Headers.TryAddWithoutValidation(KeySecret.HeaderOf(mock), (await KeySecret.ReadAsync(call, mock, cancellationToken)).Any());

        using var http = ports.Connect(pod.Metadata.Name, MockPorts.Http);
        http.MaxResponseContentBufferSize = LongestAnswer;
        using var patience = new CancellationTokenSource(Patience, call.Cluster.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var answer = await http.SendAsync(request, either.Token);
            var text = await answer.Content.ReadAsByteArrayAsync(either.Token);
            return Read(answer.StatusCode, text)
                ?? throw new CommandException($"The mock answered {(int)answer.StatusCode} and explained nothing{(Message(text) is { } message ? $": {message}" : mock.Spec?.ActiveServerResponse is { Length: > 0 } active ? $": the server response {active} answers every call now" : ".")}");
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new CommandException($"The pod {pod.Metadata.Name} did not answer in {Patience.TotalSeconds:0} s.");
        }
        catch (HttpRequestException e)
        {
            throw new CommandException($"The pod {pod.Metadata.Name} gave no answer that can be understood: {e.Message}", e);
        }
    }

    private static Explanation? Read(HttpStatusCode status, byte[] json)
    {
        try
        {
            return status == HttpStatusCode.OK && JsonSerializer.Deserialize(json, ExplanationJson.Default.Explanation) is { Outcome: not null, Examples: not null } read ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Message(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(CommandConsole console, AskedCall asked, Explanation explanation, int limit)
    {
        var rows = explanation.Examples!.OfType<Explanation.Row>().ToList();
        var call = console.Paint($"{asked.Method} {asked.Target}", Ink.Strong);
        console.Out.WriteLine(rows.Find(row => row.Won) is { } winner
            ? $"{call} is answered by {console.Paint(winner.Name ?? "", Ink.Good)}, {winner.Status}."
            : $"{call} is answered by {console.Paint(explanation.Outcome == "RequestWithoutExample" ? "404: the request that fits has no example saved" : "404: no example matches", Ink.Bad)}.");
        if (rows.Count == 0)
        {
            console.Out.WriteLine("The mock has no examples.");
            return;
        }

        console.Out.WriteLine();
        var table = new TextTable("", "SCORE", "EXAMPLE", "REQUEST", "STATUS");
        foreach (var row in rows.OrderByDescending(row => row.Won).Take(limit))
        {
            table.AddWithNote(
                new Cell(row.Reason, Ink.Faint),
                row.Won ? new Cell("✓", Ink.Good) : new Cell("✗", Ink.Faint),
                row.Score?.ToString("0.##", CultureInfo.InvariantCulture) ?? "–",
                new Cell(row.Name, Ink.Strong),
                row.Request,
                row.Status?.ToString(CultureInfo.InvariantCulture));
        }

        table.Write(console);
        if (rows.Count > limit)
            console.Out.WriteLine(console.Paint($"{rows.Count - limit} more; --limit shows them.", Ink.Faint));
    }
}
