using System.CommandLine;
using System.Text.Json;
using MockOperator.Cli.Calls;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Calls;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock calls</c>: the calls that the pods of a mock remember, or as they come.</summary>
internal static class CallsCommand
{
    private const int DefaultLimit = 50;
    private const int MostOfListing = 10_000;

    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("calls", "Show the calls of a mock, newest last, or follow them as they come.");
        var name = MockArgument.Mock(options);
        var follow = new Option<bool>("--follow", "-f") { Description = "Show the calls to come, from all pods." };
        var limit = new Option<int>("--limit") { Description = $"Most calls that are shown, up to {MostOfListing}.", HelpName = "NUMBER", DefaultValueFactory = _ => DefaultLimit };
        var clear = new Option<bool>("--clear") { Description = "Have all pods forget their calls." };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostOfListing)
                result.AddError($"--limit is a number from 1 to {MostOfListing}.");
        });
        command.Arguments.Add(name);
        command.Options.Add(follow);
        var filter = new CallFilterOptions(command);
        command.Options.Add(limit);
        command.Options.Add(clear);
        var output = new OutputOption(command, OutputFormat.Json, OutputFormat.Yaml);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var mock = await call.FindAsync<MockServer>(call.Result.GetValue(name)!, cancellationToken);
            using var calls = new MockCalls(call.Cluster.Api, call.Key(mock.Metadata.Name), time: call.Cluster.Time);
            var format = output.Read(call.Result);
            var asked = filter.Read(call, withAll: format != OutputFormat.Table);
            if (call.Result.GetValue(clear))
                return await ClearAsync(call, calls, cancellationToken);
            return call.Result.GetValue(follow)
                ? await FollowAsync(call, calls, asked, format, cancellationToken)
                : await ShowAsync(call, mock, calls, asked, call.Result.GetValue(limit), format, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ShowAsync(ClusterCall call, MockServer mock, MockCalls calls, CallFilter filter, int limit, OutputFormat format, CancellationToken cancellationToken)
    {
        var found = new List<PodCall>();
        CallListing listing;
        string? cursor = null;
        do
        {
            listing = await calls.ReadAsync(filter, Math.Min(limit - found.Count, CallsPort.MostOfPage), cursor, cancellationToken);
            found.AddRange(listing.Calls);
            cursor = listing.Next;
        }
        while (cursor is not null && found.Count < limit);

        if (format != OutputFormat.Table)
        {
            ObjectPrinter.WriteDocument(call.Console, format, CallPages.Of(found, listing.Silent), CallPagesJson.Default.CallPages);
            return TellSilent(call, listing.Silent, listing.Pods, found.Count);
        }

        var table = new TextTable(CallLine.Headings) { Yielding = [CallLine.PathColumn, CallLine.AnsweredByColumn] };
        foreach (var one in Enumerable.Reverse(found))
            table.AddWithNote(new Cell(CallLine.Nearest(one.Call), Ink.Notice), CallLine.Cells(call.Console, one));
        if (!table.IsEmpty)
            table.Write(call.Console);
        else if (listing.Silent.Count < listing.Pods)
            await call.Console.Error.WriteLineAsync(Nothing(mock, filter, listing));
        if (cursor is not null)
            await call.Console.Error.WriteLineAsync($"There are more: --limit shows up to {MostOfListing}.");
        if (listing.Pods == 0)
            await call.Console.Error.WriteLineAsync($"The mock {mock.Metadata.Name} has no pods that run. `kubectl mock status {mock.Metadata.Name}` says why.");
        return TellSilent(call, listing.Silent, listing.Pods, found.Count);
    }

    private static string Nothing(MockServer mock, CallFilter filter, CallListing listing) => listing switch
    {
        _ when mock.Spec?.CallLog?.Keep == CallKeeping.None => "This mock remembers no calls (spec.callLog.keep: None).",
        { Remembered: > 0 } => $"No call is as asked for, of {Amount.Of(listing.Remembered)} that are remembered.",
        _ when mock.Spec?.CallLog?.Keep == CallKeeping.Unmatched => "No call that no example answered is remembered; others are not kept (spec.callLog.keep: Unmatched).",
        _ => "No calls are remembered.",
    };

    private static async Task<int> FollowAsync(ClusterCall call, MockCalls calls, CallFilter filter, OutputFormat format, CancellationToken cancellationToken)
    {
        await foreach (var news in calls.FollowAsync(filter, cancellationToken))
        {
            switch (news)
            {
                case CallNews.Served served when format == OutputFormat.Json:
                    await call.Console.Out.WriteLineAsync(JsonSerializer.Serialize(new CallPages.Item(served.Pod, served.Call), CallPagesJson.Default.Item));
                    break;
                case CallNews.Served served when format == OutputFormat.Yaml:
                    await call.Console.Out.WriteLineAsync("---");
                    ObjectPrinter.WriteDocument(call.Console, format, new CallPages.Item(served.Pod, served.Call), CallPagesJson.Default.Item);
                    break;
                case CallNews.Served served:
                    CallLine.Write(call.Console, new PodCall(served.Pod, served.Call));
                    foreach (var line in Wrapping.Lines(CallLine.Nearest(served.Call), call.Console.Width - 2))
                        await call.Console.Out.WriteLineAsync("  " + call.Console.Paint(line, Ink.Notice));
                    break;
                case CallNews.Missed missed:
                    await call.Console.Error.WriteLineAsync($"{missed.Pod}: {(missed.Count is { } count ? Amount.Of(count) : "some")} calls came faster than they could be shown.");
                    break;
                case CallNews.FellSilent silent:
                    await call.Console.Error.WriteLineAsync($"{silent.Pod}: {Printable.Line(silent.What.Why)}");
                    break;
                case CallNews.Followed followed:
                    await call.Console.Error.WriteLineAsync($"Following {followed.Pod}");
                    break;
            }

            await call.Console.Out.FlushAsync(cancellationToken);
        }

        return 0;
    }

    private static async Task<int> ClearAsync(ClusterCall call, MockCalls calls, CancellationToken cancellationToken)
    {
        var forgot = await calls.ForgetAsync(cancellationToken);
        await call.Console.Out.WriteLineAsync($"{forgot.Value} {(forgot.Value == 1 ? "pod has" : "pods have")} forgotten their calls.");
        return TellSilent(call, forgot.Silent, forgot.Value + forgot.Silent.Count, forgot.Value);
    }

    /// <summary>Names the pods that did not answer. It is an error when nothing was found besides.</summary>
    private static int TellSilent(ClusterCall call, IReadOnlyList<SilentPod> silent, int pods, int found)
    {
        foreach (var pod in silent)
            call.Console.Error.WriteLine($"{pod.Pod}: {Printable.Line(pod.Why)}");
        return silent.Count > 0 && silent.Count == pods && found == 0 ? 1 : 0;
    }
}
