using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using MockOperator.Cli.Tests.Cluster;
using MockOperator.Testing;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class ReportTests : IDisposable
{
    private const string Planted = "hunter2-";

    private readonly string _directory = Directory.CreateTempSubdirectory("report-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task What_helps_is_in_it_and_nothing_that_is_secret()
    {
        await using var cli = await PlayedCli.StartAsync();
        Plant(cli);
        var file = Path.Combine(_directory, "report.tar.gz");
        var ran = await cli.RunAsync("report", "-f", file);
        Assert.Equal((0, file + "\n"), (ran.Code, ran.Output));
        Assert.Equal([file], Directory.GetFiles(_directory));

        var files = Unpack(file);
        Assert.All(files, one => Assert.StartsWith("mock-report-20261127-120000/", one.Key, StringComparison.Ordinal));
        foreach (var (path, text) in files)
        {
            Assert.False(text.Contains(Planted, StringComparison.Ordinal), $"{path}:\n{text}");
        }

        var mock = files["mock-report-20261127-120000/namespaces/demo/mockservers/petstore.yaml"];
        Assert.Contains("    - name: API_TOKEN\n      value: (redacted)\n", mock, StringComparison.Ordinal);
        Assert.Contains("reason: InvalidSpec", mock, StringComparison.Ordinal);
        Assert.Contains("    secretRef:\n      name: petstore-keys", mock, StringComparison.Ordinal);
        Assert.Contains("fieldOfTomorrow: kept", mock, StringComparison.Ordinal);
        Assert.Contains("body: Exact", mock, StringComparison.Ordinal);
        Assert.Contains("url: http://petstore.demo.svc:8080/x", mock, StringComparison.Ordinal);
        var log = files["mock-report-20261127-120000/namespaces/demo/logs/petstore-mock-a/mock-runtime.log"];
        Assert.Contains("Listening on port 8080", log, StringComparison.Ordinal);
        Assert.Contains("\"path\":\"/login\"", log, StringComparison.Ordinal);
        Assert.Contains("BackOff", files["mock-report-20261127-120000/namespaces/demo/events.yaml"], StringComparison.Ordinal);
        Assert.Contains("name: petstore-mock-bundle", files["mock-report-20261127-120000/namespaces/demo/configmaps/petstore-mock-bundle.yaml"], StringComparison.Ordinal);
        Assert.Contains("server: v1.36.0", files["mock-report-20261127-120000/versions.yaml"], StringComparison.Ordinal);
        Assert.DoesNotContain(cli.Cluster.Requests, request => request.Resource == "secrets");
    }

    [Fact]
    public async Task What_the_caller_may_not_read_is_named()
    {
        await using var cli = await PlayedCli.StartAsync();
        Plant(cli);
        cli.Cluster.Users["v"] = PlayedUser.Viewer("demo");
        var file = Path.Combine(_directory, "report.tar.gz");
        var ran = await cli.RunAsync("v", false, ["report", "-f", file]);
        Assert.Equal(0, ran.Code);
        Assert.Contains("Not in it: httproutes: ", ran.Errors, StringComparison.Ordinal);
        Assert.Contains("httproutes: ", Unpack(file)["mock-report-20261127-120000/unread.txt"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_when_there_is_nothing_to_report_of()
    {
        await using var cli = await PlayedCli.StartAsync();
        var ran = await cli.RunAsync("expired", false, ["report", "-f", Path.Combine(_directory, "report.tar.gz")]);
        Assert.Equal(1, ran.Code);
        Assert.Empty(Directory.GetFiles(_directory));
        Assert.Contains("cannot be written", (await cli.RunAsync("report", "-f", "/nowhere/report.tar.gz")).Errors, StringComparison.Ordinal);
    }

    private static void Plant(PlayedCli cli)
    {
        var objects = cli.Cluster.Objects;
        cli.AddMock(
            "petstore",
            """
            {"private":true,"apiKeys":{"secretRef":{"name":"petstore-keys"}},"fieldOfTomorrow":"kept","matching":{"body":"Exact"},
            "environment":{"variables":[{"name":"API_TOKEN","value":"PLANTEDvariable"}],"postman":{"secretKeyRef":{"name":"env","key":"k"}}},
            "collection":{"examples":[{"name":"a","request":{"path":"/a"},"response":{"headers":[{"name":"X-Session","value":"PLANTEDheader"}],"body":"PLANTEDbody"}}],"postman":{"item":"PLANTEDpostman"}},
            "serverResponses":[{"name":"down","status":503,"body":"PLANTEDresponse"}],
            "ingress":{"annotations":{"nginx.example/auth":"PLANTEDannotation"}},
            "podTemplate":{"spec":{"containers":[{"name":"side","image":"x","args":["--password","PLANTEDarg"],"command":["PLANTEDcommand"],"env":[{"name":"A","value":"PLANTEDenv"}]}]}}}
            """.Replace("PLANTED", Planted, StringComparison.Ordinal),
            status: """{"urls":[{"url":"http://petstore.demo.svc:8080/x"}]}""",
            reason: "InvalidSpec",
            message: $"The token={Planted}message is wrong.");
        var mock = objects.Find("mockservers", "demo", "petstore")!;
        mock["metadata"]!["annotations"] = new JsonObject { ["kubectl.kubernetes.io/last-applied-configuration"] = $"{Planted}applied", ["team.example.com/note"] = $"{Planted}note" };
        objects.Put("mockservers", mock);
        objects.Put("collections", """
            {"apiVersion":"mockoperator.dev/v1alpha1","kind":"Collection","metadata":{"name":"petstore","namespace":"demo"},
            "spec":{"postman":{"info":{"name":"PLANTEDinfo"}},"versions":[{"tag":"v1","examples":[{"name":"a","response":{"json":{"a":"PLANTEDjson"},"base64":"PLANTEDbase64"}}]}]}}
            """.Replace("PLANTED", Planted, StringComparison.Ordinal));
        objects.Put("secrets", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"petstore-keys","namespace":"demo","labels":{"app.kubernetes.io/managed-by":"mock-operator"}},"data":{"a":"PLANTEDsecret"}}""".Replace("PLANTED", Planted, StringComparison.Ordinal));
        objects.Put("configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"petstore-mock-bundle","namespace":"demo","labels":{"app.kubernetes.io/managed-by":"mock-operator"}},"data":{"a":"PLANTEDconfigmap"}}""".Replace("PLANTED", Planted, StringComparison.Ordinal));
        objects.Put("events", """
            {"apiVersion":"v1","kind":"Event","metadata":{"name":"e","namespace":"demo"},"reason":"BackOff","message":"pulling https://user:PLANTEDuserinfo@registry.example.com failed","involvedObject":{"apiVersion":"v1","kind":"Pod","name":"petstore-mock-a"}}
            """.Replace("PLANTED", Planted, StringComparison.Ordinal));
        cli.Cluster.AddPod("petstore", "petstore-mock-a");
        var pod = objects.Find("pods", "demo", "petstore-mock-a")!;
        pod["spec"]!["containers"]![0]!["env"] = new JsonArray(new JsonObject { ["name"] = "B", ["value"] = $"{Planted}podenv" });
        objects.Put("pods", pod);
        cli.Cluster.Logs["demo/petstore-mock-a"] = """
            2026-11-27T11:59:58.1Z Listening on port 8080
            2026-11-27T11:59:59.1Z failed with Authorization: Bearer PLANTEDbearer and api_key=PLANTEDquery&x=1 and password: "PLANTEDquoted"
            2026-11-27T12:00:00.1Z {"id":"a-1","servedAt":"2026-11-27T12:00:00Z","outcome":"matched","request":{"method":"POST","path":"/login?user=PLANTEDname","body":{"length":9,"text":"PLANTEDtext"}},"response":{"status":200,"headers":[{"name":"X","value":"PLANTEDanswer"}]}}
            """.Replace("PLANTED", Planted, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Unpack(string file)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        using var tar = new TarReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            using var reader = new StreamReader(entry.DataStream ?? Stream.Null);
            files[entry.Name] = reader.ReadToEnd();
        }

        return files;
    }
}
