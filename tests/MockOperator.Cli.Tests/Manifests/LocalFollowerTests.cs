using System.Text;
using MockOperator.Cli.Manifests;
using MockOperator.Mocking.Serving;
using MockOperator.Runtime.Content;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Cli.Tests.Manifests;

public sealed class LocalFollowerTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("followed").FullName;
    private readonly MockDirectory _mocks = new();
    private readonly FaultyClock _clock = new();
    private readonly LocalFollower _follower;

    public LocalFollowerTests() => _follower = new LocalFollower([_directory], _mocks, new RuntimeState(), new MockMetrics(), _clock);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\uDc00x")]
    [InlineData("\\ud83d\\\\ude00")]
    public void Half_a_character_in_a_manifest_is_replaced_and_edits_are_still_followed(string name)
    {
        Write("odd.json", $$$"""{"apiVersion":"mockoperator.dev/v1alpha1","kind":"Collection","metadata":{"name":"odd"},"spec":{"examples":[{"name": "{{{name}}}", "request":{"path":"/a"}}]}}""");
        Assert.Equal(1, _follower.Look()!.Changed);
        Assert.Contains("\uFFFD", Assert.Single(LocalMocks.Read([_directory]).Mocks).Definition.Examples![0].Name, StringComparison.Ordinal);

        Write("more.yaml", "apiVersion: mockoperator.dev/v1alpha1\nkind: Collection\nmetadata: {name: more}\nspec: {examples: [{name: /b, request: {path: /b}}]}\n");
        Assert.Equal(1, _follower.Look()!.Changed);
    }

    [Fact]
    public void Whole_characters_in_a_manifest_stay_as_they_are()
    {
        byte[] document = Encoding.UTF8.GetBytes("""{"a":"\ud83d\ude00 \\ud800 ö \u00f6"}""");

        Assert.Equal(document, BrokenCharacters.Replace(document).ToArray());
    }

    [Fact]
    public void Bytes_that_are_no_text_are_replaced() =>
        Assert.Equal("\"\uFFFD\\uFFFD\""u8.ToArray(), BrokenCharacters.Replace((byte[])[(byte)'"', 0xFF, .. "\\uDFFF\""u8]).ToArray());

    [Fact]
    public void A_quota_is_not_counted_here_and_a_rate_limit_is_kept()
    {
        Write("one.yaml", "apiVersion: mockoperator.dev/v1alpha1\nkind: MockServer\nmetadata: {name: one}\nspec: {quota: {calls: 5}, rateLimit: {requests: 2}, collection: {examples: [{name: /a, request: {path: /a}}]}}\n");

        Assert.True(_follower.Look()!.IgnoresQuotas);

        HostedMock mock = Assert.Single(_mocks.Table.Mocks);
        Assert.False(mock.Limiting.Meter.IsNeeded);
        Assert.NotNull(mock.Limits);
    }

    [Fact]
    public void Rules_that_an_edit_breaks_are_told_and_what_was_served_stays()
    {
        const string Mock = "apiVersion: mockoperator.dev/v1alpha1\nkind: MockServer\nmetadata: {name: one}\nspec: {cors: {CORS}, collection: {examples: [{name: /a, request: {path: /a}}]}}\n";
        Write("one.yaml", Mock.Replace("CORS", "allowOrigins: ['https://app.example.com']", StringComparison.Ordinal));
        Assert.Empty(_follower.Look()!.Problems);
        MockPlan served = Assert.Single(_mocks.Table.Mocks).Content!.Plan;

        Write("one.yaml", Mock.Replace("CORS", "allowOrigins: ['*'], allowCredentials: true", StringComparison.Ordinal));
        Assert.Contains("cors.allowOrigins[0]", Assert.Single(_follower.Look()!.Problems).Message, StringComparison.Ordinal);
        Assert.Same(served, Assert.Single(_mocks.Table.Mocks).Content!.Plan);
    }

    [Fact]
    public void A_fault_that_nobody_foresaw_is_told_once_and_tried_again()
    {
        Write("one.yaml", "apiVersion: mockoperator.dev/v1alpha1\nkind: Collection\nmetadata: {name: one}\nspec: {examples: [{name: /a, request: {path: /a}}]}\n");
        _clock.IsFaulty = true;
        Assert.Contains("a fault", Assert.Single(_follower.Look()!.Problems).Message, StringComparison.Ordinal);

        _clock.IsFaulty = false;
        Assert.Null(_follower.Look());
        _clock.Advance(FaultBackoff.First);
        Assert.Equal(1, _follower.Look()!.Changed);
        Assert.Null(_follower.Look());
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory, name), text);
}
