namespace MockOperator.Resources.Tests.Quotas;

public sealed class MockQuotaRulesTests
{
    private static readonly MockQuotaSpec s_good = new() { Calls = 10_000 };

    [Fact]
    public void A_quota_with_a_number_of_calls_and_nothing_else_is_right() => Assert.Empty(MockQuotaRules.Check("team", s_good));

    [Theory]
    [InlineData(0)]
    [InlineData(MockQuotaSpec.MaxCalls)]
    public void No_calls_and_very_many_are_right(long calls) => Assert.Empty(MockQuotaRules.Check("team", s_good with { Calls = calls }));

    [Theory]
    [InlineData(null)]
    [InlineData(-1L)]
    [InlineData(MockQuotaSpec.MaxCalls + 1)]
    public void The_number_of_calls_is_needed_and_bounded(long? calls)
    {
        SpecProblem problem = Assert.Single(MockQuotaRules.Check("team", s_good with { Calls = calls }));

        Assert.Equal("calls", problem.Path);
        Assert.Contains("0 refuses every call", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Etc/GMT+12")]
    [InlineData("W-SU")]
    public void Names_of_the_time_zone_database_are_taken(string zone) => Assert.Empty(MockQuotaRules.Check("team", s_good with { TimeZone = zone }));

    [Theory]
    [InlineData("")]
    [InlineData("+01:00")]
    [InlineData("Europe/")]
    [InlineData("../../etc/passwd")]
    [InlineData("a/b/c/d/e")]
    [InlineData("Europe/Berlin\n")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Other_time_zones_are_refused(string zone) => Assert.Equal("timeZone", Assert.Single(MockQuotaRules.Check("team", s_good with { TimeZone = zone })).Path);

    [Fact]
    public void A_name_is_short_enough_to_be_told() =>
        Assert.Equal("metadata.name", Assert.Single(MockQuotaRules.Check(new string('a', MockQuotaRules.LongestName + 1), s_good)).Path);

    [Fact]
    public void The_quota_of_a_mock_with_the_longest_name_has_a_name_that_can_be_told() =>
        Assert.InRange(MockServerRules.LongestName + "-calls".Length, 1, MockQuotaRules.LongestName);

    [Fact]
    public void A_quota_need_not_warn() => Assert.Empty(MockQuotaRules.Check("team", s_good with { WarnAt = [] }));

    [Fact]
    public void Every_breach_names_its_place()
    {
        MockQuotaSpec spec = s_good with
        {
            Period = (QuotaPeriod)9,
            OnExhaustedGrant = (ExhaustedGrant)9,
            WarnAt = [0, 80, 101, 80],
            Selector = new MockSelector
            {
                MatchNames = [],
                MatchLabels = new Dictionary<string, string> { ["team"] = "-", ["/x"] = "y" },
                MatchExpressions =
                [
                    new LabelRequirement { Key = "", Operator = "Exists" },
                    new LabelRequirement { Key = "a", Operator = "In" },
                    new LabelRequirement { Key = "a", Operator = "DoesNotExist", Values = ["b"] },
                    new LabelRequirement { Key = "a", Operator = "Gt", Values = ["1"] },
                    new LabelRequirement { Key = "a", Operator = "NotIn", Values = ["b", "c d"] },
                ],
            },
        };

        Assert.Equal(
            [
                "period", "onExhaustedGrant", "warnAt[0]", "warnAt[2]", "warnAt[3]", "selector.matchNames", "selector.matchLabels.team", "selector.matchLabels",
                "selector.matchExpressions[0].key", "selector.matchExpressions[1].values", "selector.matchExpressions[2].values", "selector.matchExpressions[3].operator",
                "selector.matchExpressions[4].values[1]",
            ],
            MockQuotaRules.Check("team", spec).Select(static problem => problem.Path));
    }

    [Fact]
    public void Lists_beyond_their_bounds_are_one_problem_each_however_long_they_are()
    {
        MockQuotaSpec spec = s_good with
        {
            WarnAt = [.. Enumerable.Range(1, 11)],
            Selector = new MockSelector
            {
                MatchNames = [.. Enumerable.Range(0, 1_000).Select(static number => $"m{number}")],
                MatchLabels = Enumerable.Range(0, 33).ToDictionary(static number => $"l{number}", static _ => ""),
                MatchExpressions = [.. Enumerable.Repeat(new LabelRequirement { Key = "a", Operator = "Exists" }, 33)],
            },
        };

        Assert.Equal(["warnAt", "selector.matchNames", "selector.matchLabels", "selector.matchExpressions"], MockQuotaRules.Check("team", spec).Select(static problem => problem.Path));
    }

    [Fact]
    public void A_selector_is_bounded_as_a_whole()
    {
        var requirement = new LabelRequirement { Key = "a", Operator = "In", Values = [.. Enumerable.Range(0, 64).Select(static number => $"{new string('x', 60)}{number:D3}")] };
        MockQuotaSpec spec = s_good with { Selector = new MockSelector { MatchExpressions = [.. Enumerable.Repeat(requirement, 5)] } };

        Assert.Equal("selector", Assert.Single(MockQuotaRules.Check("team", spec)).Path);
        Assert.Empty(MockQuotaRules.Check("team", s_good with { Selector = new MockSelector { MatchExpressions = [.. Enumerable.Repeat(requirement, 4)] } }));
    }

    [Theory]
    [InlineData("team")]
    [InlineData("app.kubernetes.io/name")]
    [InlineData("example.com/a.b-c_D")]
    public void Names_of_labels_are_Kubernetes_own(string key) =>
        Assert.Empty(MockQuotaRules.Check("team", s_good with { Selector = new MockSelector { MatchLabels = new Dictionary<string, string> { [key] = "" } } }));

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a/b/c")]
    [InlineData("Example.com/a")]
    [InlineData("example..com/a")]
    [InlineData("-x.com/a")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Other_names_of_labels_are_refused(string key) =>
        Assert.Equal("selector.matchLabels", Assert.Single(MockQuotaRules.Check("team", s_good with { Selector = new MockSelector { MatchLabels = new Dictionary<string, string> { [key] = "" } } })).Path);
}
