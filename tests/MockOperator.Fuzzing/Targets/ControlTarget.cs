using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Fuzzing.Engine;
using MockOperator.Resources;
using MockOperator.Runtime.Bundles;
using MockOperator.Runtime.Control;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;
using MockOperator.Runtime.Quotas;

namespace MockOperator.Fuzzing.Targets;

/// <summary>Requests of the control port, in this process: a request line, lines of headers, an empty line, and the frames of a push. The follower that serves the mock takes over what is pushed.</summary>
internal sealed class ControlTarget : FuzzTarget
{
    private const string Token = "a token for fuzzing";
    private static readonly string s_tokenHash = BundleFrames.Hash(Encoding.UTF8.GetBytes(Token));
    private static readonly byte[] s_anyInstance = Encoding.ASCII.GetBytes("INSTANCE");
    private static readonly int[] s_documented = [200, 400, 401, 404, 408, 409, 413, 422];
    private readonly string _directory = Directory.CreateTempSubdirectory("fuzz-control-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly LogOfFaults _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly BundleFollower _follower;
    private readonly MockDirectory _mocks = new();
    private readonly ControlApplication _control;

    /// <summary>Mounts a bundle and serves it.</summary>
    public ControlTarget()
    {
        string bundle = Directory.CreateDirectory(Path.Combine(_directory, "bundle")).FullName;
        string secrets = Directory.CreateDirectory(Path.Combine(_directory, "secrets")).FullName;
        (byte[] index, List<byte[]> parts) = BundleFrames.Pack("r1", s_tokenHash, Definition("first"));
        File.WriteAllBytes(Path.Combine(bundle, BundleIndex.FileName), index);
        for (int part = 0; part < parts.Count; part++)
        {
            File.WriteAllBytes(Path.Combine(bundle, $"{BundleIndex.DefinitionFile}.{part}"), parts[part]);
        }

        _loggers = _log.Factory();
        _follower = new BundleFollower(bundle, secrets, _mocks, new RuntimeState(), new MockMetrics(), _time, _loggers.CreateLogger<BundleFollower>());
        _follower.Look();
        _control = new ControlApplication(_follower, _mocks, _time);
        Violation.Unless(_follower.Status.Current.Revision == "r1", "The mounted bundle is served.");
    }

    /// <inheritdoc/>
    public override string Name => "control";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words =>
    [
        "PUT /control/v1/bundle?supersedes=", "GET /control/v1/revision?wait=", "POST /control/v1/quotas\n", "{\"mock\":\"n\",\"instance\":", "\"readyPods\":2", "\"waitSeconds\":1", "\"heard\":", "\"quotas\":[{\"quota\":\"u\",\"period\":\"2026-11\",\"endsInMilliseconds\":", "\"granted\":9", "\"limit\":9", "\"remaining\":", "\"isExhausted\":true", "\"keep\":0", "INSTANCE", "&timeoutSeconds=1", $"Authorization: Bearer {Token}\n", "X-Mock-Control-Authorization: Bearer ", "Content-Length: 99999999\n", "r1,r2", "\n\n", "\0\0\0\u0001", "\"formatVersion\":1", "\"revision\":\"r1\"",
    ];

    /// <summary>Waiting and taking over are done by several threads.</summary>
    public override long MostAllocated(int length) => -1;

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds()
    {
        (byte[] index, List<byte[]> parts) = BundleFrames.Pack("r2", s_tokenHash, Definition("second"));
        (byte[] back, List<byte[]> backParts) = BundleFrames.Pack("r1", s_tokenHash, Definition("first"));
        yield return [.. SeedFiles.Text($"PUT /control/v1/bundle?supersedes=r1\nAuthorization: Bearer {Token}\n\n"), .. BundleFrames.Join([index, .. parts])];
        yield return [.. SeedFiles.Text($"PUT /control/v1/bundle?supersedes=r2,r1\nAuthorization: Bearer {Token}\n\n"), .. BundleFrames.Join([back, .. backParts])];
        yield return SeedFiles.Text($"GET /control/v1/revision\nAuthorization: Bearer {Token}\n\n");
        yield return SeedFiles.Text($"GET /control/v1/revision?wait=r9&timeoutSeconds=2\nX-Mock-Control-Authorization: bearer {Token}\n\n");
        yield return SeedFiles.Text($$"""POST /control/v1/quotas{{"\n"}}Authorization: Bearer {{Token}}{{"\n\n"}}{"mock":"n"}""");
        yield return SeedFiles.Text($$"""POST /control/v1/quotas{{"\n"}}Authorization: Bearer {{Token}}{{"\n\n"}}{"mock":"n","instance":"INSTANCE","heard":1,"waitSeconds":5,"readyPods":3,"quotas":[{"quota":"u","period":"2026-11","endsInMilliseconds":3000,"limit":9,"remaining":7,"granted":5,"isExhausted":true,"keep":2}]}""");
        yield return SeedFiles.Text("PUT /control/v1/bundle\nAuthorization: Bearer wrong\n\nbody");
    }

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        (HttpRequestFeature request, MemoryStream body) = Request(input);
        var response = new HttpResponseFeature();
        using var answer = new MemoryStream();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature());
        features.Set<IHttpMaxRequestBodySizeFeature>(new MaxBody());
        bool isOpen = ControlToken.Opens(request.Headers.Authorization.Count > 0 ? request.Headers.Authorization : request.Headers["X-Mock-Control-Authorization"], s_tokenHash);
        Task asked = _control.ProcessRequestAsync(features);
        while (!asked.IsCompleted)
        {
            _follower.Look();
            _time.Advance(TimeSpan.FromSeconds(1));
            Thread.Yield();
        }

        asked.GetAwaiter().GetResult();
        _log.IsEmpty();
        Violation.Unless(s_documented.Contains(response.StatusCode), $"The control port does not answer {response.StatusCode}.");
        Violation.Unless(isOpen || (response.StatusCode == 401 && body.Position == 0 && answer.Length == 0), "Without the token nothing is read and nothing is told.");
        Violation.Unless(_follower.Status.Current is { Revision.Length: > 0, Examples: > 0 } state && state.ControlTokenHash == s_tokenHash, "Something is served, under the same token.");
        foreach (Allotment held in _mocks.Table.Mocks.Single().Limiting.Meter.Allotments)
        {
            Violation.Unless(held.Granted >= held.Returned && held.Returned >= 0 && held.Granted - held.Returned == held.Answered + held.Unspent, "What was granted was given back, answered or is left.");
            Violation.Unless(held.Answered == 0 && held.Unspent >= 0, "Nobody called.");
        }

        if (answer.Length > 0)
        {
            Promises.IsJson(answer.ToArray());
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _follower.Dispose();
        _loggers.Dispose();
        Directory.Delete(_directory, recursive: true);
        base.Dispose();
    }

    private static byte[] Definition(string body) => SeedFiles.Text("""{"name":"n","namespace":"s","quotas":[{"name":"q","uid":"u"},{"name":"r","uid":"v","onExhaustedGrant":"Allow"}],"rateLimit":{"requests":9},"examples":[{"request":{"path":"/"},"response":{"body":"BODY"}}]}""".Replace("BODY", body, StringComparison.Ordinal));

    private (HttpRequestFeature Request, MemoryStream Body) Request(byte[] input)
    {
        int end = input.AsSpan().IndexOf("\n\n"u8);
        byte[] content = end < 0 ? [] : input[(end + 2)..];
        if (content.AsSpan().IndexOf(s_anyInstance) >= 0)
        {
            // The name of a process is chosen by chance.
            content = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(content).Replace("INSTANCE", _mocks.Table.Mocks.Single().Limiting.Meter.Instance, StringComparison.Ordinal));
        }

        var body = new MemoryStream(content);
        string[] lines = Encoding.Latin1.GetString(end < 0 ? input : input.AsSpan(0, end)).Split('\n');
        string[] first = lines[0].Split(' ', 2);
        string target = MadeUpRequest.TargetOf(first.Length > 1 ? first[1] : "/");
        int mark = target.IndexOf('?', StringComparison.Ordinal);
        var request = new HttpRequestFeature { Method = first[0], Path = mark < 0 ? target : target[..mark], QueryString = mark < 0 ? "" : target[mark..], Body = body };
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                request.Headers.Append(line[..colon], line[(colon + 1)..].Trim());
            }
        }

        return (request, body);
    }

    private sealed class MaxBody : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; }
    }
}
