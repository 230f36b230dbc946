using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MockOperator.Cli.Calls;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Calls;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock call</c>: all that is remembered of a call, and how to make it again.</summary>
internal static class CallCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("call", "Show everything that is remembered of a call, and the same as a curl line.");
        var name = MockArgument.Mock(options);
        var id = new Argument<string>("id") { Description = "Id of the call, as `kubectl mock calls` shows it." };
        var curl = new Option<bool>("--curl") { Description = "Print the curl line alone." };
        command.Arguments.Add(name);
        command.Arguments.Add(id);
        command.Options.Add(curl);
        var output = new OutputOption(command, OutputFormat.Json, OutputFormat.Yaml);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var mock = await call.FindAsync<MockServer>(call.Result.GetValue(name)!, cancellationToken);
            using var calls = new MockCalls(call.Cluster.Api, call.Key(mock.Metadata.Name), time: call.Cluster.Time);
            var asked = await calls.FindAsync(call.Result.GetValue(id)!, cancellationToken);
            foreach (var silent in asked.Silent)
                await call.Console.Error.WriteLineAsync($"{silent.Pod}: {Printable.Line(silent.Why)}");
            var found = asked.Value ?? throw new CommandException($"No pod of {mock.Metadata.Name} {(asked.Silent.Count > 0 ? "that answered " : "")}remembers a call {call.Result.GetValue(id)}. Pods remember their last calls only, and forget them when they end.");
            var url = mock.Status?.ExternalUrl ?? mock.Status?.Url ?? "http://localhost:8080";
            var format = output.Read(call.Result);
            if (call.Result.GetValue(curl))
                await WriteCurlAsync(call.Console, found.Call, url);
            else if (format != OutputFormat.Table)
                ObjectPrinter.WriteDocument(call.Console, format, new CallPages.Item(found.Pod, found.Call), CallPagesJson.Default.Item);
            else
                Write(call.Console, found, url);
            return 0;
        });
        return command;
    }

    private static void Write(CommandConsole console, PodCall found, string url)
    {
        var call = found.Call;
        console.Out.WriteLine($"{console.Paint($"{call.Request.Method} {call.Request.Path}", Ink.Strong)} → {console.Paint(CallLine.Status(call))}  {console.Paint(CallLine.AnsweredBy(call))}");
        var facts = new FactList();
        facts.Add("served", $"{call.ServedAt.ToLocalTime():yyyy-MM-dd HH:mm:ss.fff zzz}, {Age.Since(call.ServedAt, console.Time)} ago");
        facts.Add("took", $"{call.DurationMilliseconds.ToString("0.###", CultureInfo.InvariantCulture)} ms{(call.DelayMilliseconds is { } delay ? $", and a delay of {delay:0} ms" : "")}");
        facts.Add("caller", $"{call.Caller.Address ?? "unknown"}{(call.Caller.Key is { } key ? $", by the key {key}" : "")}");
        facts.Add("pod", $"{found.Pod}{(call.Revision is { } revision ? $", revision {revision}" : "")}");
        if (call.Example is { } example)
            facts.Add("example", example.Id.Length > 0 ? $"{example.Name} ({example.Id})" : example.Name);
        facts.Write(console);

        WriteSide(console, "Request", call.Request.Headers, call.Request.Body);
        WriteSide(console, "Response", call.Response.Headers, call.Response.Body);
        if (call.Nearest is { Count: > 0 } nearest)
        {
            console.Out.WriteLine();
            console.Out.WriteLine(console.Paint("Nearest examples", Ink.Strong));
            foreach (var near in nearest)
            {
                console.Out.WriteLine($"  {Printable.Line(near.Name)}  {console.Paint($"{near.Request} → {near.Status}", Ink.Faint)}");
                foreach (var line in Wrapping.Lines(near.Reason, console.Width - 4))
                    console.Out.WriteLine($"    {console.Paint(line, Ink.Notice)}");
            }
        }

        console.Out.WriteLine();
        console.Out.WriteLine(console.Paint("As curl", Ink.Strong));
        var curl = CallCurl.Of(call, url);
        console.Out.WriteLine(curl.Line);
        foreach (var line in curl.LeftOut.SelectMany(sentence => Wrapping.Lines(Printable.Line(sentence), console.Width)))
            console.Out.WriteLine(console.Paint(line, Ink.Notice));
    }

    /// <summary>The line alone goes where a pipe takes it; what is not in it is said beside it.</summary>
    private static async Task WriteCurlAsync(CommandConsole console, MockCall call, string url)
    {
        var curl = CallCurl.Of(call, url);
        await console.Out.WriteLineAsync(curl.Line);
        foreach (var sentence in curl.LeftOut)
            await console.Error.WriteLineAsync(Printable.Line(sentence));
    }

    private static void WriteSide(CommandConsole console, string title, IReadOnlyList<CalledHeader>? headers, CalledBody? body)
    {
        console.Out.WriteLine();
        console.Out.WriteLine(console.Paint(title, Ink.Strong));
        foreach (var header in headers ?? [])
            console.Out.WriteLine($"  {console.Paint($"{header.Name}:", Ink.Faint)} {Printable.Line(header.Value)}");
        if (body is null or { Length: 0 })
            return;
        if (headers is { Count: > 0 })
            console.Out.WriteLine();
        if (body.Text is not null)
            console.Out.WriteLine(Indented(Pretty(body)));
        else if (body.Base64 is not null)
            console.Out.WriteLine($"  {console.Paint($"{Amount.Of(body.Length)} bytes that are no text; `-o json` has them", Ink.Faint)}");
        else
            console.Out.WriteLine($"  {console.Paint($"{Amount.Of(body.Length)} bytes that are not remembered", Ink.Faint)}");
        if (body is { IsTruncated: true, Text: not null })
            console.Out.WriteLine($"  {console.Paint($"… the beginning of {Amount.Of(body.Length)} bytes", Ink.Faint)}");
    }

    /// <summary>JSON with its lines; anything else as it is.</summary>
    private static string Pretty(CalledBody body)
    {
        if (body.IsTruncated || body.Text![0] is not ('{' or '['))
            return body.Text!;
        try
        {
            using var json = JsonDocument.Parse(body.Text);
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                json.WriteTo(writer);
            return Encoding.UTF8.GetString(buffer.ToArray());
        }
        catch (JsonException)
        {
            return body.Text;
        }
    }

    private static string Indented(string text) => "  " + Printable.Text(text).TrimEnd('\n').Replace("\n", "\n  ", StringComparison.Ordinal);
}
