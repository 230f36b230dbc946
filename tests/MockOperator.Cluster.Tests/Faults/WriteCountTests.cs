using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Faults;

[Collection(OneAfterTheOther.InProcess)]
public class WriteCountTests(TestCluster cluster)
{
    private const string Events = "/apis/events.k8s.io/";

    [Fact]
    public async Task A_new_mock_costs_five_writes_and_a_look_a_restart_or_a_timed_resync_none()
    {
        var space = await MockSpace.CreateAsync(cluster, "counted");
        using var ledger = new WriteLedger();
        await using (await OperatorInProcess.StartAsync(cluster, space, ledger))
        {
            await MakeAsync(space, "first");
            // The cluster shows a write a moment before the one who wrote it has the answer.
            await Eventually.TrueAsync("the last status is in the ledger", () => Task.FromResult(Of("first", ledger).Any(write => IsStatus(write) && !IsUnderWay(write))), cluster.StateAsync);
            var writes = Of("first", ledger);
            Console.WriteLine($"writes for a new mock: {writes.Count}, and {Told("first", ledger).Count} event(s)\n{string.Join('\n', writes.Select(write => $"  {write.Method} {write.Path}"))}");
            var children = writes.Where(write => !IsStatus(write)).ToList();
            Assert.Equal(4, children.Select(write => write.Path).Distinct(StringComparer.Ordinal).Count());
            Assert.Equal(4, children.Count);
            var statuses = writes.Where(IsStatus).ToList();
            // A pod that needs more than ten seconds to start is worth a word meanwhile; apart from that there is one status.
            Assert.Single(statuses, write => !IsUnderWay(write));
            Assert.InRange(statuses.Count, 1, 2);
            Assert.InRange(Told("first", ledger).Count, 0, 1);

            // Woken for nothing: the second mock is made behind it, and when that is ready the first was looked at.
            await cluster.Api.MergeAsync(space.Of("mockservers", "first"), new JsonObject
            {
                ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["example.com/touched"] = "yes" } },
            });
            await MakeAsync(space, "second");
            Assert.Equal(writes, Of("first", ledger));
        }

        using var restarted = new WriteLedger();
        await using (var again = await OperatorInProcess.StartAsync(cluster, space, restarted, new ImpatientClock()))
        {
            await MakeAsync(space, "third");
            // All three by the clock, twice.
            var looks = await again.LooksAsync();
            await Eventually.TrueAsync("everything was looked at again by the clock", async () => await again.LooksAsync() >= looks + 6, cluster.StateAsync);
            Assert.Empty(Of("first", restarted));
            Assert.Empty(Of("second", restarted));
            Assert.Empty(Told("first", restarted));
            Assert.NotEmpty(Of("third", restarted));
        }
    }

    private static async Task MakeAsync(MockSpace space, string name)
    {
        await space.ApplyMockAsync(name, new JsonObject
        {
            ["collection"] = new JsonObject
            {
                ["examples"] = new JsonArray(new JsonObject
                {
                    ["name"] = "text",
                    ["request"] = new JsonObject { ["method"] = "GET", ["path"] = "/text" },
                    ["response"] = new JsonObject { ["status"] = 200, ["body"] = name },
                }),
            },
        });
        await space.ReadyAsync(name);
        await space.ServedAsync(name, "/text", name);
    }

    private static bool IsStatus(WriteLedger.Write write) => write.Path.EndsWith("/status", StringComparison.Ordinal);

    private static bool IsUnderWay(WriteLedger.Write write) => write.Body.Contains("\"Progressing\"", StringComparison.Ordinal);

    private static IReadOnlyList<WriteLedger.Write> Of(string mock, WriteLedger ledger) =>
        [.. ledger.Writes.Where(write => !write.Path.StartsWith(Events, StringComparison.Ordinal) && write.Path.Contains("/" + mock, StringComparison.Ordinal))];

    private static IReadOnlyList<WriteLedger.Write> Told(string mock, WriteLedger ledger) =>
        [.. ledger.Writes.Where(write => write.Path.StartsWith(Events, StringComparison.Ordinal) && write.Body.Contains($"\"{mock}\"", StringComparison.Ordinal))];
}
