using System.Globalization;
using MockOperator.Resources;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>Requests per second of the runtime as ratios to a bare Kestrel endpoint with the same answer, and to nginx where it is installed.</summary>
internal sealed class ThroughputBenchmark(Programs programs, LoadGenerator load, Report report)
{
    private const int BarePort = 18100;
    private const int NginxPort = 18101;
    private const int InlinePort = 18102;
    private const int FirstMockPort = 18110;
    private const string Token = "throughput-benchmark";
    private const string StaticPath = "/items/{n}/details";
    private readonly string _directory = Directory.CreateTempSubdirectory("mock-runtime-bench").FullName;
    private int _mocks;

    public void Run()
    {
        using ServerProcess bare = ServeBare("bare", BarePort);
        using (ServerProcess mock = Serve("static", SampleCollections.Static(1000), "/items/1/details"))
        {
            Rates rates = load.Measure(1000, (mock, StaticPath), (bare, StaticPath));
            report.AtLeast("static, 1,000 examples, against bare Kestrel", rates.Ratio(mock.Name, "bare"), 1.2, Detail(rates, mock.Name, "bare"));
            CompareWithInline(mock);
            CompareWithNginx(mock);
        }

        using (ServerProcess mock = Serve("wildcard", SampleCollections.Wildcard(1000), "/users/1"))
        {
            Rates rates = load.Measure(1000, (mock, "/users/{n}"), (bare, "/users/{n}"));
            report.AtLeast("wildcard with substitution, against bare Kestrel", rates.Ratio(mock.Name, "bare"), 0.6, Detail(rates, mock.Name, "bare"));
        }

        using (ServerProcess mock = Serve("template", SampleCollections.Template(1000), "/random"))
        {
            Rates rates = load.Measure(1, (mock, "/random"), (bare, "/random"));
            report.AtLeast("template with four dynamic values, against bare", rates.Ratio(mock.Name, "bare"), 0.4, Detail(rates, mock.Name, "bare"));
        }

        using ServerProcess few = Serve("ten", SampleCollections.Static(10), "/items/1/details");
        using ServerProcess many = Serve("ten-thousand", SampleCollections.Static(10_000), "/items/1/details");
        Rates sizes = load.Measure(10, (few, StaticPath), (many, StaticPath));
        report.AtMost("cost of a request, 10,000 examples against 10", sizes.Ratio(few.Name, many.Name), 1.3, "x", Detail(sizes, few.Name, many.Name));
    }

    private static string Detail(Rates rates, string one, string other) => $"{rates.Describe(one)}, {rates.Describe(other)}";

    private ServerProcess ServeBare(string name, int port, params string[] mode) =>
        ServerProcess.Start(name, port, "/", programs.Bare, [port.ToString(CultureInfo.InvariantCulture), SampleCollections.Body, .. mode]);

    /// <summary>What matching costs beside a server with the very same settings of its sockets.</summary>
    private void CompareWithInline(ServerProcess mock)
    {
        using ServerProcess inline = ServeBare("bare-inline", InlinePort, "inline");
        Rates rates = load.Measure(1000, (mock, StaticPath), (inline, StaticPath));
        Report.Show("static, 1,000 examples, against bare with inline sockets", rates.Ratio(mock.Name, inline.Name), Detail(rates, mock.Name, inline.Name));
    }

    private void CompareWithNginx(ServerProcess mock)
    {
        if (!Machine.Has("nginx"))
        {
            Report.Say("       nginx is not installed: not compared (Debian: nginx-light)");
            return;
        }

        string configuration = Path.Combine(_directory, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            daemon off;
            master_process off;
            pid {{_directory}}/nginx.pid;
            error_log {{_directory}}/nginx.log;
            events { worker_connections 1024; }
            http {
              access_log off;
              keepalive_requests 1000000000;
              server {
                listen 127.0.0.1:{{NginxPort}};
                default_type application/json;
                location / { return 200 '{{SampleCollections.Body}}'; }
              }
            }
            """);
        using ServerProcess nginx = ServerProcess.Start("nginx", NginxPort, "/", "/usr/sbin/nginx", "-p", _directory, "-c", configuration);
        Rates rates = load.Measure(1000, (mock, StaticPath), (nginx, StaticPath));
        Report.Show("static, 1,000 examples, against nginx return", rates.Ratio(mock.Name, "nginx"), Detail(rates, mock.Name, "nginx"));
    }

    private ServerProcess Serve(string name, byte[] collection, string path)
    {
        // It remembers no call: what it is measured against does not either.
        var definition = new MockDefinition { Name = "bench", Namespace = "bench", CallLog = new CallLogSpec { Keep = CallKeeping.None } };
        var bundle = BundleDirectory.Write(Path.Combine(_directory, name), definition, Token, collection);
        int port = FirstMockPort + (BundleDirectory.Ports * _mocks++);
        return ServerProcess.Start(name, port, path, programs.Runtime, bundle.Arguments(port));
    }
}
