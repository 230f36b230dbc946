using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Resources;
using MockOperator.Runtime.Access;

namespace MockOperator.Runtime.Tests.Access;

public sealed class ApiKeyGateTests
{
    private static readonly IPAddress Client = IPAddress.Loopback;
    private static readonly AccessDefinition Private = new() { Private = true };
    private static readonly AccessDefinition WithBearer = new() { Private = true, Bearer = true };

    private readonly FailureThrottle _throttle = new(new FakeTimeProvider(), 1);

    private static ApiKeyGate Gate(AccessDefinition access, ApiKeyRing? ring = null) => new(access, ring ?? ApiKeyRingTests.Ring(("team-a", "right-key")));

    private AccessOutcome Judge(AccessDefinition access, IHeaderDictionary headers) => Gate(access).Judge(headers, Client, _throttle, timestamp: 1).Outcome;

    [Fact]
    public void A_right_key_is_admitted_under_the_name_of_its_entry_and_removed()
    {
        var headers = new HeaderDictionary { ["X-Api-Key"] = "right-key", ["X-Other"] = "stays" };
        var verdict = Gate(Private).Judge(headers, Client, _throttle, timestamp: 1);
        Assert.Equal(AccessOutcome.Admitted, verdict.Outcome);
        Assert.Equal("team-a", verdict.Entry?.Name);
        Assert.Equal(["X-Other"], headers.Keys);
    }

    [Fact]
    public void A_wrong_key_is_refused_and_removed()
    {
        var headers = new HeaderDictionary { ["x-api-key"] = "wrong" };
        Assert.Equal(AccessOutcome.KeyUnknown, Judge(Private, headers));
        Assert.Empty(headers);
    }

    [Fact]
    public void No_key_is_refused() => Assert.Equal(AccessOutcome.KeyMissing, Judge(Private, new HeaderDictionary()));

    [Fact]
    public void Two_keys_are_none()
        => Assert.Equal(AccessOutcome.KeyUnknown, Judge(Private, new HeaderDictionary { ["x-api-key"] = new StringValues(["right-key", "right-key"]) }));

    [Fact]
    public void The_header_can_have_another_name()
    {
        var access = Private with { Header = "X-Mocking-Key" };
        Assert.Equal(AccessOutcome.Admitted, Judge(access, new HeaderDictionary { ["x-mocking-key"] = "right-key" }));
        Assert.Equal(AccessOutcome.KeyMissing, Judge(access, new HeaderDictionary { ["x-api-key"] = "right-key" }));
    }

    [Fact]
    public void A_bearer_token_is_no_key_unless_asked_for()
    {
        var headers = new HeaderDictionary { ["Authorization"] = "Bearer right-key" };
        Assert.Equal(AccessOutcome.KeyMissing, Judge(Private, headers));
        Assert.Equal("Bearer right-key", headers["Authorization"]);
    }

    [Theory]
    [InlineData("Bearer right-key")]
    [InlineData("bearer right-key")]
    [InlineData("Bearer   right-key ")]
    public void A_bearer_token_is_a_key_when_asked_for(string authorization)
    {
        var headers = new HeaderDictionary { ["Authorization"] = authorization };
        Assert.Equal(AccessOutcome.Admitted, Judge(WithBearer, headers));
        Assert.Empty(headers);
    }

    [Fact]
    public void Beside_a_right_key_the_token_of_the_mocked_API_stays()
    {
        var headers = new HeaderDictionary { ["x-api-key"] = "right-key", ["Authorization"] = "Bearer of-the-api" };
        Assert.Equal(AccessOutcome.Admitted, Judge(WithBearer, headers));
        Assert.Equal("Bearer of-the-api", headers["Authorization"]);
    }

    [Theory]
    [InlineData("Basic cmlnaHQta2V5", nameof(AccessOutcome.KeyMissing))]
    [InlineData("Bearer", nameof(AccessOutcome.KeyMissing))]
    [InlineData("Bearer ", nameof(AccessOutcome.KeyUnknown))]
    [InlineData("Bearer wrong", nameof(AccessOutcome.KeyUnknown))]
    public void Another_authorization_is_no_key(string authorization, string expected)
        => Assert.Equal(expected, Judge(WithBearer, new HeaderDictionary { ["Authorization"] = authorization }).ToString());

    [Fact]
    public void A_private_mock_without_usable_keys_refuses_everybody_and_says_why()
    {
        var gate = Gate(Private, ApiKeyRing.Closed("no entries"));
        Assert.Equal("no entries", gate.Problem);
        Assert.Equal(AccessOutcome.Closed, gate.Judge(new HeaderDictionary(), Client, _throttle, timestamp: 1).Outcome);
        Assert.Equal(AccessOutcome.Closed, gate.Judge(new HeaderDictionary { ["x-api-key"] = "" }, Client, _throttle, timestamp: 1).Outcome);
    }

    [Fact]
    public void A_public_mock_admits_everybody_and_has_no_problem_without_keys()
    {
        var gate = Gate(new AccessDefinition(), ApiKeyRing.Closed("no entries"));
        Assert.Null(gate.Problem);
        Assert.Equal(AccessOutcome.Admitted, gate.Judge(new HeaderDictionary(), Client, _throttle, timestamp: 1).Outcome);
    }

    [Fact]
    public void A_public_mock_loses_its_own_keys_and_keeps_those_of_the_mocked_API()
    {
        var own = new HeaderDictionary { ["x-api-key"] = "right-key" };
        var foreign = new HeaderDictionary { ["x-api-key"] = "of-the-api" };
        Assert.Equal(AccessOutcome.Admitted, Judge(new AccessDefinition(), own));
        Assert.Equal(AccessOutcome.Admitted, Judge(new AccessDefinition(), foreign));
        Assert.Empty(own);
        Assert.Equal("of-the-api", foreign["x-api-key"]);
    }

    [Fact]
    public void Guessing_is_slowed_but_missing_keys_are_not()
    {
        var gate = Gate(Private);
        for (var time = 0; time < 100; time++)
            Assert.Equal(AccessOutcome.KeyMissing, gate.Judge(new HeaderDictionary(), Client, _throttle, timestamp: 1).Outcome);
        var verdicts = Enumerable.Range(0, 100).Select(n => gate.Judge(new HeaderDictionary { ["x-api-key"] = $"guess-{n}" }, Client, _throttle, timestamp: 1)).ToArray();
        Assert.Equal(FailureThrottle.Burst, verdicts.Count(verdict => verdict.Outcome == AccessOutcome.KeyUnknown));
        Assert.Equal(AccessOutcome.Throttled, verdicts[^1].Outcome);
        Assert.True(verdicts[^1].RetryAfter >= TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(nameof(AccessOutcome.KeyMissing))]
    [InlineData(nameof(AccessOutcome.KeyUnknown))]
    public void A_refusal_names_the_header_that_carries_keys(string outcome)
    {
        var refusal = new AccessRefusals(new AccessDefinition { Private = true, Header = "x-team-key", Bearer = true }).Of(Enum.Parse<AccessOutcome>(outcome));
        Assert.Contains("x-team-key", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("ApiKey realm=\"mock\", header=\"x-team-key\", Bearer realm=\"mock\"", refusal.Challenge);
    }
}
