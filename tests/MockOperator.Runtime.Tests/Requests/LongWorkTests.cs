using System.Net;
using System.Text.Json;
using MockOperator.Mocking.Matching;
using MockOperator.Resources;
using MockOperator.Runtime.Requests;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Requests;

public sealed class LongWorkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_too_much_for_the_thread_of_a_socket_is_matched_on_another()
    {
        // Reading so many parameters spends what a socket's thread may, and less than a request may.
        await using Served mock = await ServeAsync(null, MountedBundle.Example("/pets/{{id}}?a={{a}}", "pet {{id}} {{a}}"));
        string query = string.Join('&', Enumerable.Repeat("a=%41", WorkBudget.MaxParameters));

        Assert.Equal("pet 7 A", await mock.Host.Mock.GetStringAsync($"/pets/7?{query}", Cancel));
    }

    [Fact]
    public async Task What_is_too_much_for_any_thread_is_refused_with_what_of_it()
    {
        await using Served mock = await ServeAsync(null, MountedBundle.Example("/pets", "[]"));

        using HttpResponseMessage response = await mock.Host.Mock.GetAsync("/pets?" + string.Concat(Enumerable.Repeat("a&", WorkBudget.MaxParameters + 1)), Cancel);

        Assert.Equal(HttpStatusCode.RequestUriTooLong, response.StatusCode);
        Assert.Equal(
            ("requestTooLargeError", $"The query has more than {WorkBudget.MaxParameters} parameters."),
            await ErrorAsync(response, "message"));
    }

    [Theory]
    [InlineData(ExplainMode.All, true, true)]
    [InlineData(ExplainMode.Errors, false, true)]
    [InlineData(ExplainMode.None, false, false)]
    public async Task A_mock_explains_as_much_as_it_is_allowed_to(ExplainMode mode, bool table, bool details)
    {
        await using Served mock = await ServeAsync(new MatchingSpec { Explain = mode }, MountedBundle.Example("/pets", "[]"));
        using var explained = new HttpRequestMessage(HttpMethod.Get, "/pets");
        explained.Headers.Add("x-mock-explain", "true");

        using HttpResponseMessage answer = await mock.Host.Mock.SendAsync(explained, Cancel);
        using HttpResponseMessage missed = await mock.Host.Mock.GetAsync("/completely/different", Cancel);

        Assert.Equal(table, await answer.Content.ReadAsStringAsync(Cancel) != "[]");
        Assert.Equal(("mockRequestNotFoundError", "No matching requests"), await ErrorAsync(missed, "header"));
        Assert.Equal(details, (await missed.Content.ReadAsStringAsync(Cancel)).Contains("nearest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Long_work_waits_its_turn_and_too_much_of_it_is_turned_away()
    {
        var gate = new WorkGate(running: 1, waiting: 1);

        Assert.True(await gate.EnterAsync(Cancel));
        ValueTask<bool> second = gate.EnterAsync(Cancel);
        Assert.False(second.IsCompleted);
        Assert.False(await gate.EnterAsync(Cancel));

        gate.Exit();
        Assert.True(await second);
        gate.Exit();
        Assert.True(await gate.EnterAsync(Cancel));
    }

    [Fact]
    public async Task Whoever_leaves_while_waiting_leaves_the_place_to_others()
    {
        var gate = new WorkGate(running: 1, waiting: 1);
        using var left = new CancellationTokenSource();
        Assert.True(await gate.EnterAsync(Cancel));
        ValueTask<bool> second = gate.EnterAsync(left.Token);

        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(second.AsTask);
        ValueTask<bool> third = gate.EnterAsync(Cancel);
        gate.Exit();
        Assert.True(await third);
    }

    [Fact]
    public void Only_so_many_explanations_are_made_at_once()
    {
        var limit = new ExplanationLimit(capacity: 2);

        Assert.True(limit.TryEnter() && limit.TryEnter());
        Assert.False(limit.TryEnter());
        limit.Exit();
        Assert.True(limit.TryEnter());
    }

    private static async Task<(string? Name, string? Other)> ErrorAsync(HttpResponseMessage response, string property)
    {
        using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        JsonElement error = body.RootElement.GetProperty("error");
        return (error.GetProperty("name").GetString(), error.GetProperty(property).GetString());
    }

    private static async Task<Served> ServeAsync(MatchingSpec? matching, params ExampleSpec[] examples)
    {
        var bundle = new MountedBundle();
        bundle.Publish("r1", MountedBundle.Definition(examples) with { Matching = matching });
        return new Served(bundle, await BundleHost.StartAsync(bundle));
    }

    private sealed record Served(MountedBundle Bundle, BundleHost Host) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            Bundle.Dispose();
        }
    }
}
