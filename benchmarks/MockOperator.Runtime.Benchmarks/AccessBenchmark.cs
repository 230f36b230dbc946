using System.Globalization;
using System.Text.Json.Nodes;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>What keys and CORS cost a static request: a private mock with listed origins against the same mock without both, and many keys against few.</summary>
internal sealed class AccessBenchmark(Programs programs, LoadGenerator load, Report report)
{
    private const int FirstPort = 18150;
    private const int Examples = 1000;
    private const string Path = "/items/{n}/details";
    private const string Origin = "https://app.example.com";
    private readonly string _directory = Directory.CreateTempSubdirectory("mock-runtime-bench").FullName;
    private int _mocks;

    public void Run()
    {
        using ServerProcess open = Serve("open", keys: 0);
        using ServerProcess few = Serve("keys-10", keys: 10);
        using ServerProcess many = Serve("keys-10000", keys: 10_000);
        Rates rates = load.Measure(Examples, (open, Path), (few, Path), (many, Path));
        report.AtLeast("private and CORS, against the same without", rates.Ratio(few.Name, open.Name), 0.9, Detail(rates, few.Name, open.Name));
        report.AtMost("cost of a request, 10,000 keys against 10", rates.Ratio(few.Name, many.Name), 1.1, "x", Detail(rates, few.Name, many.Name));
    }

    private static string Detail(Rates rates, string one, string other) => $"{rates.Describe(one)}, {rates.Describe(other)}";

    private ServerProcess Serve(string name, int keys)
    {
        string file = System.IO.Path.Combine(_directory, name + ".json");
        File.WriteAllText(file, Manifests(keys).ToJsonString());
        int port = FirstPort + _mocks++;
        ServerProcess server = ServerProcess.Start(
            name, port, "/items/1/details", programs.Runtime, "serve", file, "--address", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--admin-port", "0", "--calls-port", "0");

        // Both get the same request; the mock without keys and CORS has no use for these headers.
        server.Headers = [$"x-api-key: {Key(keys / 2)}", $"Origin: {Origin}"];
        return server;
    }

    private static JsonObject Manifests(int keys)
    {
        var spec = new JsonObject
        {
            ["callLog"] = new JsonObject { ["keep"] = "None" },
            ["collection"] = new JsonObject { ["examples"] = new JsonArray([.. Enumerable.Range(0, Examples).Select(static n => (JsonNode)Example(n))]) },
            ["cors"] = keys == 0
                ? new JsonObject { ["enabled"] = false }
                : new JsonObject { ["allowOrigins"] = new JsonArray("https://other.example.com", "https://*.example.com"), ["allowCredentials"] = true, ["exposeHeaders"] = new JsonArray("X-Total") },
        };
        if (keys > 0)
        {
            spec["private"] = true;
        }

        var entries = new JsonObject();
        for (int number = 0; number < keys; number++)
        {
            entries[string.Create(CultureInfo.InvariantCulture, $"key-{number}")] = Key(number);
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "List",
            ["items"] = new JsonArray(
                new JsonObject { ["apiVersion"] = "mockoperator.dev/v1alpha1", ["kind"] = "MockServer", ["metadata"] = new JsonObject { ["name"] = "bench" }, ["spec"] = spec },
                new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = new JsonObject { ["name"] = "bench-api-keys" }, ["stringData"] = entries }),
        };
    }

    private static JsonObject Example(int number) => new JsonObject
    {
        ["name"] = string.Create(CultureInfo.InvariantCulture, $"/items/{number}/details"),
        ["request"] = new JsonObject { ["path"] = string.Create(CultureInfo.InvariantCulture, $"/items/{number}/details") },
        ["response"] = new JsonObject { ["headers"] = new JsonArray(new JsonObject { ["name"] = "Content-Type", ["value"] = "application/json" }), ["body"] = SampleCollections.Body },
    };

    private static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"a-key-of-forty-three-characters-{number:00000000000}");
}
