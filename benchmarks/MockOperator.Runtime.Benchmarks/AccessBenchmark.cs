using System.Globalization;
using MockOperator.Resources;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>What keys and CORS cost a static request: a private mock with listed origins against the same mock without both, and many keys against few.</summary>
internal sealed class AccessBenchmark(Programs programs, LoadGenerator load, Report report)
{
    private const int FirstPort = 18150;
    private const int Examples = 1000;
    private const string Token = "access-benchmark";
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
        var bundle = BundleDirectory.Write(System.IO.Path.Combine(_directory, name), Definition(isPrivate: keys > 0), Token);
        bundle.WriteKeys(Enumerable.Range(0, keys).ToDictionary(static number => string.Create(CultureInfo.InvariantCulture, $"key-{number}"), Key, StringComparer.Ordinal));
        int port = FirstPort + (BundleDirectory.Ports * _mocks++);
        ServerProcess server = ServerProcess.Start(name, port, "/items/1/details", programs.Runtime, bundle.Arguments(port));

        // Both get the same request; the mock without keys and CORS has no use for these headers.
        server.Headers = [$"x-api-key: {Key(keys / 2)}", $"Origin: {Origin}"];
        return server;
    }

    private static MockDefinition Definition(bool isPrivate) => new()
    {
        Name = "bench",
        Namespace = "bench",
        Examples = [.. Enumerable.Range(0, Examples).Select(static number => Example(string.Create(CultureInfo.InvariantCulture, $"/items/{number}/details")))],
        CallLog = new CallLogSpec { Keep = CallKeeping.None },
        Access = AccessDefinition.Of(isPrivate, keys: null),
        Cors = isPrivate
            ? new CorsSpec { AllowOrigins = ["https://other.example.com", "https://*.example.com"], AllowCredentials = true, ExposeHeaders = ["X-Total"] }
            : new CorsSpec { Enabled = false },
    };

    private static ExampleSpec Example(string path) => new()
    {
        Name = path,
        Request = new ExampleRequestSpec { Path = path },
        Response = new ExampleResponseSpec { Headers = [new() { Name = "Content-Type", Value = "application/json" }], Body = SampleCollections.Body },
    };

    private static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"a-key-of-forty-three-characters-{number:00000000000}");
}
