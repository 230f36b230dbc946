using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Measuring;
using MockOperator.Operator.Bundles;
using MockOperator.Operator.Control;
using MockOperator.Operator.Tests.Bundles;
using MockOperator.Operator.Tests.Cluster;
using MockOperator.Operator.Tests.Desired;
using MockOperator.Resources;
using Prometheus;

namespace MockOperator.Operator.Tests.Control;

public sealed class BundlePusherTests : IDisposable
{
    private readonly Courier _courier = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly MockSession _session = new("demo", "petstore", "uid");
    private readonly BundlePusher _pusher;

    public BundlePusherTests() => _pusher = Pusher(_courier);

    public void Dispose()
    {
        _session.Dispose();
        _pusher.Dispose();
    }

    [Fact]
    public async Task A_newer_revision_ends_the_push_of_an_older()
    {
        _courier.Answer = static (parcel, cancellation) => parcel.Revision == "r2" ? Task.Delay(Timeout.Infinite, cancellation) : Task.CompletedTask;
        Push("r2", "r1", "a");
        await Eventually.TrueAsync(() => _courier.Revisions == "r2");
        Push("r3", "r2", "a");
        await CountsAsync("superseded 1", "served 1");
        Assert.Equal("r2 r3", _courier.Revisions);
    }

    [Fact]
    public async Task A_push_names_what_it_replaces_and_no_more_than_a_pod_takes()
    {
        for (int number = 1; number <= 40; number++)
        {
            Push($"r{number}", number == 1 ? "r0" : null, "a");
            await Eventually.TrueAsync(() => _courier.Parcels.Count == number);
        }

        BundleParcel last = _courier.Parcels.Last();
        Assert.Equal(Enumerable.Range(40 - BundleTransfer.MaxSuperseded, BundleTransfer.MaxSuperseded).Select(static number => $"r{number}"), last.Supersedes);
    }

    [Fact]
    public async Task A_revision_that_comes_back_replaces_the_one_between()
    {
        Push("r2", "r1", "a");
        await CountsAsync("served 1");
        Push("r1", "r2", "a");
        await CountsAsync("served 2");
        Assert.Equal("r2", Assert.Single(_courier.Parcels.Last().Supersedes));
    }

    [Fact]
    public async Task Every_result_is_counted_under_its_name()
    {
        _courier.Answer = static (parcel, _) => parcel.Revision switch
        {
            "refused" => throw new HttpRequestException("409", inner: null, HttpStatusCode.Conflict),
            "unreachable" => throw new HttpRequestException("connection refused"),
            "dropped" => throw new TaskCanceledException("no connection", new TimeoutException()),
            "nonsense" => throw new InvalidOperationException("the character set is unknown"),
            _ => Task.CompletedTask,
        };
        Push("served", null, "a", "b");
        await CountsAsync("served 2");
        Push("refused", null, "a");
        await CountsAsync("refused 1");
        Push("unreachable", null, "a");
        await CountsAsync("unreachable 1");
        Push("dropped", null, "a");
        await CountsAsync("unreachable 2");
        Push("nonsense", null, "a");
        await CountsAsync("unreachable 3", "superseded 0");
    }

    [Fact]
    public async Task A_pod_that_does_not_answer_is_given_up()
    {
        _courier.Answer = static (_, cancellation) => Task.Delay(Timeout.Infinite, cancellation);
        Push("r2", "r1", "a");
        await Eventually.TrueAsync(() => _courier.Revisions == "r2");
        Assert.True(_pusher.BytesUnderWay > 0);
        _time.Advance(PodChannel.PushPatience);
        await CountsAsync("unreachable 1");
        await Eventually.TrueAsync(() => _pusher.BytesUnderWay == 0);
    }

    [Fact]
    public async Task A_bundle_that_is_too_large_to_be_pushed_is_left_to_the_mount()
    {
        Push(Bundle("large", BundleTransfer.MaxBytes), "r1", "a", "b");
        await CountsAsync("skipped 2");
        Assert.Empty(_courier.Parcels);
        Assert.Equal(0, _pusher.BytesUnderWay);
    }

    [Fact]
    public async Task What_is_under_way_is_bounded()
    {
        _courier.Answer = static (_, cancellation) => Task.Delay(Timeout.Infinite, cancellation);
        const int size = BundleTransfer.MaxBytes - 100;
        for (int number = 0; number < 40; number++)
        {
            _pusher.Push(new MockSession("demo", $"mock-{number}", $"{number}"), "token", Bundle("r", size), null, Pods("a"));
            Assert.True(_pusher.BytesUnderWay <= BundlePusher.MaxBytesUnderWay);
        }

        await CountsAsync($"skipped {40 - (BundlePusher.MaxBytesUnderWay / size)}");
    }

    [Fact]
    public async Task A_mock_that_is_gone_is_no_longer_pushed()
    {
        _courier.Answer = static (_, cancellation) => Task.Delay(Timeout.Infinite, cancellation);
        Push("r2", "r1", "a");
        await Eventually.TrueAsync(() => _courier.Revisions == "r2");
        _session.Dispose();
        await CountsAsync("superseded 1");
    }

    [Fact]
    public void Without_a_way_to_the_pods_nothing_is_kept()
    {
        using BundlePusher pusher = Pusher(courier: null);
        pusher.Push(_session, "token", Bundle("r1", 10), null, Pods("a"));
        Assert.Equal(0, pusher.BytesUnderWay);
    }

    [Fact]
    public Task What_is_pushed_is_what_is_mounted() =>
        Gen.Select(Gen.Int[0, 3_000_000], Gen.Int).SampleAsync(
            async (size, seed) =>
            {
                byte[] collection = new byte[size];
                new Random(seed).NextBytes(collection);
                Bundle bundle = BundleBuilder.Build(new MockDefinition { Name = "petstore", Namespace = "demo" }, BundleDocument.Of(collection), new string('0', 64));
                var parcel = new BundleParcel(bundle.Revision, [], bundle.Files);
                using HttpContent content = parcel.ToContent();
                using var body = new MemoryStream();
                await content.CopyToAsync(body, TestContext.Current.CancellationToken);
                Assert.Equal(parcel.Length, body.Length);
                Assert.Equal(parcel.Length, content.Headers.ContentLength);

                List<byte[]> frames = Frames(body.ToArray());
                BundleIndex index = JsonSerializer.Deserialize(frames[0], RuntimeJson.Default.BundleIndex)!;
                string[] names = [BundleIndex.FileName, .. index.Entries.SelectMany(static entry => entry.Parts).Select(static part => part.File)];
                Assert.Equal(names.Length, frames.Count);
                Assert.All(names.Zip(frames), named => Assert.Equal(Mounted(bundle, named.First), named.Second));
            },
            iter: 12,
            threads: 1);

    private static byte[] Mounted(Bundle bundle, string name) =>
        BundleConfigMaps.Build(Mocks.Petstore, bundle, [.. Enumerable.Range(1, bundle.Parts.Count)]).SelectMany(StoredBundle.FilesOf).Single(file => file.Key == name).Value;

    private static List<byte[]> Frames(byte[] body)
    {
        var frames = new List<byte[]>();
        for (int position = 0; position < body.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(position));
            frames.Add(body[(position + 4)..(position + 4 + length)]);
            position += 4 + length;
        }

        return frames;
    }

    private static Bundle Bundle(string revision, int bytes) => new(revision, [new BundleGroup([new BundleFile("index.json", new byte[bytes])])], bytes);

    private static IReadOnlyList<RuntimePod> Pods(params string[] names) => [.. names.Select(static name => new RuntimePod("demo", name, name, "10.0.0.1", null))];

    private BundlePusher Pusher(IBundleCourier? courier) => new(new PodChannel(new ScriptedDialer(), courier, quotas: null, _time), new OperatorMetrics(_registry), NullLogger<BundlePusher>.Instance);

    private void Push(string revision, string? replaced, params string[] pods) => Push(Bundle(revision, 100), replaced, pods);

    private void Push(Bundle bundle, string? replaced, params string[] pods) => _pusher.Push(_session, "token", bundle, replaced, Pods(pods));

    private async Task CountsAsync(params string[] counts)
    {
        foreach (string[] count in counts.Select(static count => count.Split(' ')))
        {
            string line = $"mock_operator_bundle_pushes_total{{result=\"{count[0]}\"}} {count[1]}\n";
            await Eventually.TrueAsync(() => Exported().Contains(line, StringComparison.Ordinal), Exported, line);
        }
    }

    private string Exported()
    {
        using var text = new MemoryStream();
        _registry.CollectAndExportAsTextAsync(text).GetAwaiter().GetResult();
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    private sealed class Courier : IBundleCourier
    {
        public Func<BundleParcel, CancellationToken, Task> Answer { get; set; } = static (_, _) => Task.CompletedTask;

        public ConcurrentQueue<BundleParcel> Parcels { get; } = new();

        public string Revisions => string.Join(' ', Parcels.Select(static parcel => parcel.Revision));

        public Task PushAsync(RuntimePod pod, string token, BundleParcel parcel, CancellationToken cancellation)
        {
            Parcels.Enqueue(parcel);
            return Answer(parcel, cancellation);
        }
    }
}
