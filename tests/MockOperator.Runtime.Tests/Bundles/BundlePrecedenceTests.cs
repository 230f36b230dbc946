using System.Diagnostics.CodeAnalysis;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Mocking;
using MockOperator.Resources;
using MockOperator.Runtime.Bundles;
using MockOperator.Runtime.Content;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;

namespace MockOperator.Runtime.Tests.Bundles;

/// <summary>Which of the two is served, the pushed bundle or the mounted one. The follower is moved by hand: one look is one step.</summary>
public sealed class BundlePrecedenceTests : IDisposable
{
    private readonly MountedBundle _bundle = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Lines _log = new();
    private readonly MockDirectory _mocks = new();
    private readonly BundleFollower _follower;

    public BundlePrecedenceTests()
    {
        _follower = new BundleFollower(_bundle.BundlePath, _bundle.SecretsPath, _mocks, new RuntimeState(), new MockMetrics(), _time, _log);
        Mount("r1");
    }

    private string? Served => _follower.Status.Current.Revision;

    public void Dispose()
    {
        _follower.Dispose();
        _bundle.Dispose();
    }

    [Fact]
    public async Task Files_that_are_behind_do_not_take_the_pod_back()
    {
        Mount("r2");
        Assert.Null(await PushAsync("r3", "r2"));
        Mount("r1");
        Mount("r2");
        Assert.Equal("r3", Served);
        Assert.Null(_follower.Status.Current.Problem);
    }

    [Fact]
    public async Task Files_of_a_revision_whose_push_was_lost_do_not_take_the_pod_back()
    {
        Assert.Null(await PushAsync("r3", "r2", "r1"));
        Mount("r2");
        Assert.Equal("r3", Served);
    }

    [Fact]
    public async Task Files_of_an_unknown_revision_are_newer()
    {
        Assert.Null(await PushAsync("r2", "r1"));
        Mount("r3");
        Assert.Equal("r3", Served);
    }

    [Fact]
    public async Task Files_that_have_caught_up_are_not_loaded_again_and_rule_from_then_on()
    {
        Assert.Null(await PushAsync("r2", "r1"));
        int before = _log.Count("Serving");
        Mount("r2");
        Assert.Equal("r2", Served);
        Assert.Equal(before, _log.Count("Serving"));
        Mount("r1");
        Assert.Equal("r1", Served);
    }

    [Fact]
    public async Task Files_of_the_pushed_revision_with_other_content_are_served()
    {
        Assert.Null(await PushAsync("r2", "r1"));
        _bundle.Publish("r2", MountedBundle.Definition(MountedBundle.Example("/", "one"), MountedBundle.Example("/two", "two")));
        Look(BundleOverlay.Patience);
        Assert.Equal(2, _follower.Status.Current.Examples);
    }

    [Fact]
    public async Task Files_that_stay_behind_for_three_minutes_win()
    {
        Assert.Null(await PushAsync("r2", "r1"));
        Look(TimeSpan.FromSeconds(179));
        Assert.Equal("r2", Served);
        Look(TimeSpan.FromSeconds(1));
        Assert.Equal("r1", Served);
        Assert.Equal(1, _log.Count("r2 was pushed 3 minutes ago"));
        Look(TimeSpan.FromHours(1));
        Assert.Equal(1, _log.Count("r2 was pushed 3 minutes ago"));
        Mount("r2");
        Assert.Equal("r2", Served);
    }

    [Fact]
    public async Task Files_that_have_caught_up_never_lose_to_the_clock()
    {
        Assert.Null(await PushAsync("r2", "r1"));
        Mount("r2");
        Look(TimeSpan.FromMinutes(10));
        Assert.Equal("r2", Served);
        Assert.Equal(0, _log.Count("was pushed"));
    }

    [Fact]
    public async Task A_revision_may_come_back()
    {
        Assert.Null(await PushAsync("r2", "r1"));
        Assert.Null(await PushAsync("r1", "r2"));
        Assert.Equal("r1", Served);
        Mount("r2");
        Assert.Equal("r1", Served);
        Mount("r1");
        Assert.Equal("r1", Served);
        Mount("r2");
        Assert.Equal("r2", Served);
    }

    [Fact]
    public async Task A_revision_may_come_back_although_the_one_between_was_never_served()
    {
        Assert.Null(await PushAsync("r1", "r2"));
        Mount("r2");
        Assert.Equal("r1", Served);
        Mount("r1");
        Look(TimeSpan.FromMinutes(10));
        Assert.Equal("r1", Served);
    }

    [Fact]
    public async Task A_late_push_does_not_undo_a_newer()
    {
        Assert.Null(await PushAsync("r3", "r2", "r1"));
        PushRefusal? late = await PushAsync("r2", "r1");
        Assert.Equal(409, late!.Status);
        Assert.Equal("r3", Served);
    }

    [Fact]
    public async Task A_push_of_what_is_served_costs_nothing()
    {
        int before = _log.Count("Serving");
        Assert.Null(await PushAsync("r1", "r1"));
        Assert.Null(await PushAsync("r2", "r1"));
        Assert.Null(await PushAsync("r2", "r1"));
        Assert.Equal(before + 1, _log.Count("Serving"));
    }

    [Fact]
    public async Task A_changed_Secret_is_merged_into_the_pushed_content()
    {
        _bundle.PublishSecret("env-0", ("city", "Oslo"));
        Look();
        Assert.Null(await PushAsync(Asking("r2"), "r1"));
        Assert.Equal("Oslo at r2", Answer());
        _bundle.PublishSecret("env-0", ("city", "Bergen"));
        Look();
        Assert.Equal("r2", Served);
        Assert.Equal("Bergen at r2", Answer());
    }

    [Fact]
    public async Task A_Secret_that_changes_with_the_files_is_merged_once_they_have_caught_up()
    {
        _bundle.PublishSecret("env-0", ("city", "Oslo"));
        Look();
        Assert.Null(await PushAsync(Asking("r2"), "r1"));
        _bundle.PublishSecret("env-0", ("city", "Bergen"));
        _bundle.Swap(_bundle.BundlePath, Asking("r2"));
        Look();
        Assert.Equal("Bergen at r2", Answer());
    }

    [Fact]
    public async Task Changed_keys_are_taken_while_a_push_is_served()
    {
        _bundle.PublishSecret(AccessDefinition.DefaultSecretDirectory, ("one", new string('k', 40)));
        MockDefinition closed = MountedBundle.Definition(MountedBundle.Example("/", "x")) with { Access = new AccessDefinition { Private = true } };
        Look();
        Assert.Null(await PushAsync(MountedBundle.Pack("r2", closed), "r1"));
        Assert.Null(_follower.Status.Current.KeyProblem);
        Directory.Delete(Path.Combine(_bundle.SecretsPath, AccessDefinition.DefaultSecretDirectory), recursive: true);
        Look();
        Assert.NotNull(_follower.Status.Current.KeyProblem);
        Assert.Equal("r2", Served);
    }

    [Fact]
    public async Task Files_that_cannot_be_read_leave_the_pushed_content_until_they_win()
    {
        Assert.Null(await PushAsync("r2", "r1"));
        _bundle.Swap(_bundle.BundlePath, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [BundleIndex.FileName] = "{"u8.ToArray() });
        Look();
        Assert.Null(_follower.Status.Current.Problem);
        Look(BundleOverlay.Patience);
        Assert.NotNull(_follower.Status.Current.Problem);
        Assert.Equal("r2", Served);
    }

    [Fact]
    public void A_pod_never_goes_back_and_ends_at_what_is_mounted() =>
        Gen.Int[0, 4].Array[1, 40].Sample(
            steps =>
            {
                using var test = new BundlePrecedenceTests();
                test.Play(steps);
            },
            iter: 60,
            threads: 1);

    /// <summary>
    /// Plays edits, numbered upwards. The mounted files follow in order and may leave some out; pushes may be lost, or come late.
    /// </summary>
    private void Play(int[] steps)
    {
        int edited = 1, mounted = 1, served = 1;
        foreach (int step in steps)
        {
            switch (step)
            {
                case 0:
                    edited++;
                    break;
                case 1 when mounted < edited:
                    Mount($"r{++mounted}");
                    break;
                case 2 when mounted < edited:
                    Mount($"r{mounted = edited}");
                    break;
                case 3:
                    Push(edited);
                    break;
                case 4:
                    Push(Math.Max(1, edited - 1));
                    break;
            }

            int now = int.Parse(Served!.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(now >= served, $"back from {served} to {now}");
            served = now;
        }

        Mount($"r{edited}");
        Look(BundleOverlay.Patience);
        Assert.Equal($"r{edited}", Served);

        void Push(int number) =>
            PushAsync(PushedBundle.Files($"r{number}", "x"), [.. Enumerable.Range(Math.Max(0, number - BundleTransfer.MaxSuperseded), Math.Min(number, BundleTransfer.MaxSuperseded)).Select(static n => $"r{n}")])
                .GetAwaiter().GetResult();
    }

    private static OrderedDictionary<string, byte[]> Asking(string revision) => MountedBundle.Pack(
        revision,
        MountedBundle.Definition(MountedBundle.Example("/", "{{city}} at " + revision)) with { Environment = [new VariableLayer { SecretDirectory = "env-0" }] });

    private void Mount(string revision)
    {
        _bundle.Publish(revision, "x");
        Look();
    }

    private void Look(TimeSpan later = default)
    {
        _time.Advance(later);
        _follower.Look();
    }

    private Task<PushRefusal?> PushAsync(string revision, params string[] supersedes) => PushAsync(PushedBundle.Files(revision, "x"), supersedes);

    private async Task<PushRefusal?> PushAsync(OrderedDictionary<string, byte[]> files, params string[] supersedes)
    {
        Task<PushRefusal?> outcome = _follower.Pushes.HandInAsync(PushedBundle.Push(files, supersedes), TestContext.Current.CancellationToken);
        _follower.Look();
        return await outcome;
    }

    private string Answer()
    {
        MockContent content = _mocks.Table.Mocks.Single().Content!;
        return Encoding.UTF8.GetString(content.Plan.Match(new MockRequest("GET", "/", new NoHeaders())).Response!.Body.Span);
    }

    private sealed class NoHeaders : IRequestHeaders
    {
        public bool TryGetValue(string name, [NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }
    }

    private sealed class Lines : ILogger<BundleFollower>
    {
        private readonly List<string> _lines = [];

        public int Count(string part) => _lines.Count(line => line.Contains(part, StringComparison.Ordinal));

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Add(formatter(state, exception));
    }
}
