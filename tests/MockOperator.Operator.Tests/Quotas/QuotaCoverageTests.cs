using System.Text.Json;
using CsCheck;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Projections;
using MockOperator.Operator.Quotas;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Quotas;

public sealed class QuotaCoverageTests
{
    private static readonly JsonSerializerOptions s_json = ApiJson.Create(ResourceJson.Default, KindJson.Default, OperatorJson.Default);

    private static readonly Gen<(string, string)[]> s_labels = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2]).Select(static (a, b) =>
        new (string, string)[] { ("a", $"{a}"), ("b", $"{b}") }.Where(static label => label.Item2 != "0").ToArray());

    private static readonly Gen<string> s_selectors = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2]).Select(static (kind, value) => kind switch
    {
        0 => "{}",
        1 => $$$"""{"matchNames":["m{{{value}}}"]}""",
        2 => $$$"""{"matchLabels":{"a":"{{{value}}}"}}""",
        3 => $$$"""{"matchExpressions":[{"key":"a","operator":"NotIn","values":["{{{value}}}"]}]}""",
        4 => """{"matchExpressions":[{"key":"b","operator":"Exists"}]}""",
        _ => """{"matchExpressions":[{"key":"b","operator":"DoesNotExist"}]}""",
    });

    private readonly ResourceStore<MockQuota> _quotas = new(new StoreOptions<MockQuota>().Index(QuotaCoverage.ByNamespace, QuotaCoverage.NamespaceOf));
    private readonly ResourceStore<MockServer> _mocks = new(new StoreOptions<MockServer>().Index(QuotaCoverage.ByNamespace, QuotaCoverage.NamespaceOf));
    private readonly StorePartition<MockQuota> _quotaPartition;
    private readonly StorePartition<MockServer> _mockPartition;
    private readonly QuotaCoverage _coverage;

    public QuotaCoverageTests()
    {
        _quotaPartition = _quotas.OpenPartition();
        _mockPartition = _mocks.OpenPartition();
        _coverage = new QuotaCoverage(_quotas, _mocks);
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"matchNames":["other","petstore"]}""", true)]
    [InlineData("""{"matchNames":["other"]}""", false)]
    [InlineData("""{"matchLabels":{"team":"a"}}""", true)]
    [InlineData("""{"matchLabels":{"team":"b"}}""", false)]
    [InlineData("""{"matchLabels":{"tier":"demo"}}""", false)]
    [InlineData("""{"matchLabels":{"team":"a","tier":"demo"}}""", false)]
    [InlineData("""{"matchExpressions":[{"key":"team","operator":"In","values":["b","a"]}]}""", true)]
    [InlineData("""{"matchExpressions":[{"key":"team","operator":"In","values":["b"]}]}""", false)]
    [InlineData("""{"matchExpressions":[{"key":"tier","operator":"In","values":["a"]}]}""", false)]
    [InlineData("""{"matchExpressions":[{"key":"team","operator":"NotIn","values":["a"]}]}""", false)]
    [InlineData("""{"matchExpressions":[{"key":"team","operator":"NotIn","values":["b"]}]}""", true)]
    [InlineData("""{"matchExpressions":[{"key":"tier","operator":"NotIn","values":["a"]}]}""", true)]
    [InlineData("""{"matchExpressions":[{"key":"team","operator":"Exists"}]}""", true)]
    [InlineData("""{"matchExpressions":[{"key":"tier","operator":"Exists"}]}""", false)]
    [InlineData("""{"matchExpressions":[{"key":"team","operator":"DoesNotExist"}]}""", false)]
    [InlineData("""{"matchExpressions":[{"key":"tier","operator":"DoesNotExist"}]}""", true)]
    [InlineData("""{"matchNames":["petstore"],"matchLabels":{"team":"a"},"matchExpressions":[{"key":"team","operator":"Exists"},{"key":"tier","operator":"Exists"}]}""", false)]
    // What breaks a rule opens no limit.
    [InlineData("""{"matchNames":[]}""", true)]
    [InlineData("""{"matchNames":["other"],"matchExpressions":[{"key":"team","operator":"Gt","values":["1"]}]}""", true)]
    public void A_quota_covers_the_mocks_for_which_all_that_its_selector_says_holds(string selector, bool covers) =>
        Assert.Equal(covers, Quota("q", selector).Covers(Mock("petstore", ("team", "a"))));

    [Fact]
    public void A_mock_tells_the_calls_that_its_own_quota_counts_else_those_of_the_first()
    {
        MockServer mock = Mock("petstore");
        _mockPartition.Upsert(mock);
        DateTimeOffset end = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        MockQuota team = WithCalls(Quota("a-team"), end, ("petstore", 7), ("other", 3));
        Assert.Null(MockCalls.Of(mock, _coverage));

        Add(Quota("b-team"));
        Add(team);
        Assert.Equal(new MockCallsStatus { Quota = "a-team", Answered = 7, ResetsAt = end }, MockCalls.Of(mock, _coverage));

        Add(WithCalls(Quota("petstore-calls"), end));
        Assert.Equal(new MockCallsStatus { Quota = "petstore-calls", Answered = 0 }, MockCalls.Of(mock, _coverage));
    }

    [Fact]
    public void A_mock_that_is_not_among_the_most_used_tells_nothing()
    {
        _mockPartition.Upsert(Mock("petstore"));
        Add(WithCalls(Quota("team"), default, [.. Enumerable.Range(0, MockQuotaStatus.MaxMocks).Select(static index => ($"m{index}", 9L))]));
        Assert.Null(MockCalls.Of(Mock("petstore"), _coverage));
    }

    [Fact]
    public void Only_mocks_that_are_behind_a_quota_are_woken_by_it()
    {
        DateTimeOffset end = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (MockServer mock in (MockServer[])[Told("behind", "team", 6), Told("equal", "team", 7), Told("other", "first", 1), Told("unwritten", null, 0), Told("idle", "team", 0)])
        {
            _mockPartition.Upsert(mock);
        }

        MockQuota quota = WithCalls(Quota("team"), end, ("behind", 7), ("equal", 7), ("other", 7), ("unwritten", 7));
        Assert.Equal(["behind"], MockCalls.BehindOf(_mocks, quota).Select(static key => key.Name).Order());

        MockServer Told(string name, string? by, long answered)
        {
            MockServer mock = Mock(name);
            mock.Status = by is null ? null : new MockServerStatus { Calls = new MockCallsStatus { Quota = by, Answered = answered, ResetsAt = answered == 0 ? null : end } };
            return mock;
        }
    }

    [Fact]
    public void Without_a_selector_it_covers_every_mock_of_its_namespace_and_of_no_other()
    {
        MockQuota quota = Quota("q");

        Assert.True(quota.Covers(Mock("petstore")));
        MockServer elsewhere = Mock("petstore");
        elsewhere.Metadata.NamespaceProperty = "other";
        Assert.False(quota.Covers(elsewhere));
    }

    [Fact]
    public void A_mock_does_not_slip_out_of_a_quota_by_labels_that_are_too_large_to_keep()
    {
        MockServer mock = Mock("petstore", [("team", "a"), .. Enumerable.Range(0, 100).Select(static number => ($"l{number}", new string('x', 60)))]);

        Assert.True(Quota("q", """{"matchLabels":{"team":"a"}}""").Covers(MockServerProjection.Of(mock)));
        Assert.False(Quota("q", """{"matchNames":["other"]}""").Covers(mock));
    }

    [Fact]
    public void The_quotas_of_a_mock_are_named_in_the_order_of_their_names_and_the_default_is_not_named()
    {
        Add(Quota("b", "{}", ExhaustedGrant.Refuse));
        Add(Quota("c", """{"matchNames":["other"]}"""));
        Add(Quota("a", "{}", ExhaustedGrant.Allow));
        Add(Quota("B", "{}"));

        Assert.Equal(
            [
                new QuotaReference { Name = "B", Uid = "uid-B" },
                new QuotaReference { Name = "a", Uid = "uid-a", OnExhaustedGrant = ExhaustedGrant.Allow },
                new QuotaReference { Name = "b", Uid = "uid-b" },
            ],
            _coverage.ReferencesOf(Mock("petstore")));
    }

    [Fact]
    public void Which_quotas_cover_a_mock_and_which_mocks_a_quota_covers_agree() => Gen.Select(s_selectors.Array[0, 6], s_labels.Array[0, 6]).Sample(static it =>
    {
        var tests = new QuotaCoverageTests();
        MockQuota[] quotas = [.. it.Item1.Select(static (selector, index) => Quota($"q{index}", selector))];
        MockServer[] mocks = [.. it.Item2.Select(static (labels, index) => Mock($"m{index}", labels))];
        Array.ForEach(quotas, tests.Add);
        Array.ForEach(mocks, mock => tests._mockPartition.Upsert(mock));
        return quotas.All(quota => mocks.All(mock =>
            tests._coverage.QuotasOf(mock).Contains(quota) == tests._coverage.MocksOf(quota).Contains(mock)));
    }, iter: 500);

    [Theory]
    [InlineData("""{"calls":1}""", """{"calls":2}""", false)]
    [InlineData("""{"calls":1}""", """{"calls":1,"period":"Day","timeZone":"Europe/Berlin","warnAt":[50]}""", false)]
    [InlineData("""{"calls":1}""", """{"calls":1,"onExhaustedGrant":"Refuse"}""", false)]
    [InlineData("""{"calls":1,"selector":{"matchNames":["a"],"matchLabels":{"b":"c"}}}""", """{"calls":1,"selector":{"matchNames":["a"],"matchLabels":{"b":"c"}}}""", false)]
    [InlineData("""{"calls":1}""", """{"calls":1,"onExhaustedGrant":"Allow"}""", true)]
    [InlineData("""{"calls":1}""", """{"calls":1,"selector":{"matchNames":["a"]}}""", true)]
    [InlineData("""{"calls":1,"selector":{"matchLabels":{"a":"b"}}}""", """{"calls":1,"selector":{"matchLabels":{"a":"c"}}}""", true)]
    public void Mocks_are_told_of_what_their_pods_must_know_and_of_nothing_else(string before, string after, bool isChanged)
    {
        MockQuota old = Of("q", before);
        MockQuota now = Of("q", after);
        now.Status = new MockQuotaStatus { Used = 5 };

        Assert.Equal(isChanged, QuotaCoverage.IsChanged(new StoreChange<MockQuota>(StoreChangeKind.Updated, ObjectKey.Of(now), old, now, IsInitial: false)));
    }

    [Fact]
    public void The_store_keeps_the_sums_of_a_quota_and_not_its_books()
    {
        MockQuota quota = Quota("q", """{"matchNames":["a"]}""");
        quota.Status = new MockQuotaStatus
        {
            Used = 5,
            Period = "2026-11",
            Ledger = new QuotaLedgerState { Serial = 3, Holders = [new QuotaHolder()] },
            Mocks = [new MockUsage { Name = new string('x', 32_000) }, .. Enumerable.Repeat(new MockUsage { Name = "petstore", Calls = 3 }, 1000)],
            History = [new PeriodUsage()],
            Conditions = [new Condition { Message = new string('x', 32_000) }],
        };

        MockQuota kept = MockQuotaProjection.Of(quota);

        Assert.Equal(new MockQuotaStatus { Used = 5, Period = "2026-11" }, kept.Status! with { Mocks = null });
        Assert.Equal(Enumerable.Repeat(new MockUsage { Name = "petstore", Calls = 3 }, MockQuotaStatus.MaxMocks - 1), kept.Status.Mocks);
        Assert.Equal(["a"], kept.Spec!.Selector!.MatchNames);
        Assert.False(kept.IsSelectorLeftOut);
    }

    [Fact]
    public void The_store_keeps_no_selector_that_is_too_large()
    {
        MockQuota quota = MockQuotaProjection.Of(Quota("q", $$"""{"matchNames":["{{string.Join("\",\"", Enumerable.Repeat(new string('x', 250), 100))}}"]}"""));

        Assert.True(quota.IsSelectorLeftOut);
        Assert.Null(quota.Spec!.Selector);
    }

    private static MockQuota WithCalls(MockQuota quota, DateTimeOffset resetsAt, params (string Mock, long Calls)[] mocks)
    {
        quota.Status = new MockQuotaStatus { ResetsAt = resetsAt, Mocks = [.. mocks.Select(static mock => new MockUsage { Name = mock.Mock, Calls = mock.Calls })] };
        return quota;
    }

    private void Add(MockQuota quota) => _quotaPartition.Upsert(quota);

    private static MockQuota Quota(string name, string? selector = null, ExhaustedGrant? onExhaustedGrant = null)
    {
        MockQuota quota = MockQuotaProjection.Of(Of(name, selector is null ? """{"calls":1}""" : $$"""{"calls":1,"selector":{{selector}}}"""));
        quota.Spec = quota.Spec! with { OnExhaustedGrant = onExhaustedGrant };
        return quota;
    }

    private static MockQuota Of(string name, string spec) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "demo", Uid = $"uid-{name}" },
        Spec = JsonSerializer.Deserialize<MockQuotaSpec>(spec, s_json),
    };

    private static MockServer Mock(string name, params (string Key, string Value)[] labels) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "demo", Uid = $"uid-{name}", Labels = labels.ToDictionary(static label => label.Key, static label => label.Value) },
        Spec = new MockServerSpec(),
    };
}
