using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MockOperator.Operator.Tests.Installation;

namespace MockOperator.Operator.Tests.Conditions;

/// <summary>The health checks for Argo CD in docs/gitops.md, run by Lua on what the operator writes.</summary>
public sealed class ArgoHealthTests
{
    // Argo CD runs a check with the object as `obj`, the basic functions, and neither strings nor files.
    private const string Harness = """
        local health, items = ...
        for _, item in ipairs(items) do
          local world = {obj = item.object, ipairs = ipairs, pairs = pairs, next = next, type = type, tostring = tostring, tonumber = tonumber}
          local said = assert(load(health[item.object.kind], "health of " .. item.object.kind, "t", world))()
          print(item.name .. "\t" .. tostring(said.status) .. "\t" .. tostring(said.message):gsub("[\t\n]", " "))
        end
        """;

    [Fact]
    public void There_is_one_for_each_kind() => Assert.Equal(["Collection", "MockQuota", "MockServer"], GitopsPage.HealthChecks.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task An_application_waits_for_what_comes_and_is_degraded_by_what_only_an_edit_helps()
    {
        IReadOnlyDictionary<string, (string Health, string Message)> said = await RunAsync(WaitedFor.All.Select(static pair => (pair.Key, pair.Value.Item)));

        foreach ((string name, (KstatusVerdict verdict, JsonObject item)) in WaitedFor.All)
        {
            // Argo CD sees by itself that an object is being deleted, and asks no script then.
            string expected = verdict switch
            {
                KstatusVerdict.Failed => "Degraded",
                KstatusVerdict.InProgress => "Progressing",
                _ => "Healthy",
            };
            Assert.True(expected == said[name].Health, $"{name}: {said[name]} instead of {expected}: {item.ToJsonString()}");
            Assert.NotEqual("nil", said[name].Message);
        }

        Assert.Contains("Paused", said["a mock that was made with no replicas"].Message, StringComparison.Ordinal);
        Assert.Contains("item[0]: is not an object", said["a mock whose own content is broken"].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_status_or_one_of_another_form_is_waited_for()
    {
        IReadOnlyDictionary<string, (string Health, string Message)> said = await RunAsync(new[] { "null", "{}", """{"observedGeneration": 1}""", """{"observedGeneration": 1, "conditions": []}""", """{"observedGeneration": 1, "conditions": [{"type": "Ready"}]}""" }
            .Select(static status => (status, new JsonObject { ["kind"] = "MockServer", ["metadata"] = new JsonObject { ["generation"] = 1L }, ["status"] = JsonNode.Parse(status) })));

        Assert.All(said.Values, static answer => Assert.Equal("Progressing", answer.Health));
    }

    private static async Task<IReadOnlyDictionary<string, (string Health, string Message)>> RunAsync(IEnumerable<(string Name, JsonObject Item)> items)
    {
        string? lua = Workshop.Find("lua5.4");
        Assert.SkipWhen(lua is null, "There is no lua5.4 on the path (Debian: lua5.4).");
        var program = new StringBuilder("local run = function(...)\n").Append(Harness).Append("\nend\nrun({");
        foreach ((string kind, string script) in GitopsPage.HealthChecks)
        {
            program.Append(CultureInfo.InvariantCulture, $"{kind} = {Literal(script)}, ");
        }

        program.Append("}, {");
        foreach ((string name, JsonObject item) in items)
        {
            program.Append(CultureInfo.InvariantCulture, $"{{name = {Literal(name)}, object = {Table(item)}}},\n");
        }

        program.Append("})\n");
        var start = new ProcessStartInfo(lua!, "-") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(program, TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        Task<string> complaint = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await complaint);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => line.Split('\t'))
            .ToDictionary(static fields => fields[0], static fields => (fields[1], fields[2]), StringComparer.Ordinal);
    }

    private static string Table(JsonNode? node) => node switch
    {
        null => "nil",
        JsonObject map => $"{{{string.Concat(map.Select(static pair => $"[{Literal(pair.Key)}] = {Table(pair.Value)}, "))}}}",
        JsonArray list => $"{{{string.Concat(list.Select(static element => Table(element) + ", "))}}}",
        _ => node.GetValueKind() == JsonValueKind.String ? Literal((string)node!) : node.ToJsonString(),
    };

    private static string Literal(string text) => $"\"{string.Concat(Encoding.UTF8.GetBytes(text).Select(static octet => $"\\{octet.ToString("D3", CultureInfo.InvariantCulture)}"))}\"";
}
