using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Resources;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;
using MockOperator.Runtime.Tests.Quotas;
using MockOperator.Runtime.Tests.Requests;

namespace MockOperator.Runtime.Tests.Control;

/// <summary>The exchange about quotas on the control port.</summary>
public sealed class QuotaPortTests : IAsyncLifetime
{
    private readonly MountedBundle _bundle = new();
    private BundleHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bundle.Publish("r1", MountedBundle.Definition(MountedBundle.Example("/", "hello")) with { Quotas = [MeteredMock.Reference(MeteredMock.Uid)] });
        _host = await BundleHost.StartAsync(_bundle);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _bundle.Dispose();
    }

    [Fact]
    public async Task A_pod_that_was_not_heard_answers_at_once_who_it_is_and_what_it_wants()
    {
        (HttpStatusCode status, string answer) = await GrantingOperator.PostAsync(_host, Encoding.UTF8.GetBytes("""{"mock":"petstore","waitSeconds":30}"""));
        Assert.Equal(HttpStatusCode.OK, status);
        QuotaReport report = JsonSerializer.Deserialize(answer, RuntimeJson.Default.QuotaReport)!;
        Assert.Equal((32, 1, false), (report.Instance.Length, report.Sequence, report.IsFinal));
        Assert.Equal([new QuotaMeterReport { Quota = MeteredMock.Uid, IsWanting = true }], report.Meters);
    }

    [Fact]
    public async Task A_mock_without_quotas_is_told_how_many_pods_there_are()
    {
        _bundle.Publish("r2", "hello");
        await _host.WaitForAsync("r2");
        GrantingOperator granting = await GrantingOperator.MeetAsync(_host);
        Assert.Empty((await granting.SayAsync(waitSeconds: 1, readyPods: 3)).Meters!);
    }

    [Fact]
    public async Task A_wrong_token_is_refused_before_any_of_the_body_is_read()
    {
        await using RawClient client = await RawClient.ConnectAsync(_host.Host.ControlPort, Cancel);
        await client.SendAsync("POST /control/v1/quotas HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer wrong\r\nContent-Length: 1000\r\n\r\n", Cancel);
        Assert.StartsWith("HTTP/1.1 401 ", await client.ReadResponseAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("null", "An object is needed")]
    [InlineData("[1]", "could not be converted")]
    [InlineData("{}", "mock: the name")]
    [InlineData("""{"mock":"petstore","readyPods":-1}""", "readyPods: 1 to")]
    [InlineData("""{"mock":"petstore","readyPods":"many"}""", "readyPods: ")]
    [InlineData("""{"mock":"petstore","waitSeconds":31}""", "waitSeconds: 0 to 30")]
    [InlineData("""{"mock":"petstore","waitSeconds":-1}""", "waitSeconds: 0 to 30")]
    [InlineData("""{"mock":"petstore","heard":-1}""", "heard: ")]
    [InlineData("""{"mock":"petstore","quotas":[null]}""", "quotas[0]: an object")]
    [InlineData("""{"mock":"petstore","quotas":[{"period":"p"}]}""", "quotas[0].quota: ")]
    [InlineData("""{"mock":"petstore","quotas":[{"quota":"u"}]}""", "quotas[0].period: ")]
    [InlineData("""{"mock":"petstore","quotas":[{"quota":"u","period":"p","granted":-1}]}""", "quotas[0].granted: ")]
    [InlineData("""{"mock":"petstore","quotas":[{"quota":"u","period":"p","granted":9999999999999}]}""", "quotas[0].granted: ")]
    [InlineData("""{"mock":"petstore","quotas":[{"quota":"u","period":"p","granted":1e99}]}""", "quotas[0].granted: ")]
    [InlineData("""{"mock":"petstore","quotas":[{"quota":"u","period":"p","limit":-1}]}""", "quotas[0].limit: ")]
    [InlineData("""{"mock":"petstore","quotas":[{"quota":"u","period":"p","endsInMilliseconds":-1}]}""", "quotas[0].endsInMilliseconds: ")]
    [InlineData("""{"mock":"petstore","quotas":[{"quota":"u","period":"p","endsInMilliseconds":999999999999}]}""", "quotas[0].endsInMilliseconds: ")]
    [InlineData("""{"mock":"petstore","quotas":[{"quota":"u","period":"p","keep":-1}]}""", "quotas[0].keep: ")]
    [InlineData("""{"mock":"petstore","quotas":[{"quota":"u","period":"p"},{"quota":"u","period":"p"}]}""", "quotas[1].quota: the same quota")]
    [InlineData("""{"mock":"petstore","quotas":[{},{},{},{},{},{},{},{},{}]}""", "quotas: at most 8")]
    public async Task What_is_wrong_is_named_with_its_place_and_changes_nothing(string body, string problem)
    {
        (HttpStatusCode status, string answer) = await GrantingOperator.PostAsync(_host, Encoding.UTF8.GetBytes(body));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(problem, JsonDocument.Parse(answer).RootElement.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mock_that_is_not_served_here_has_no_quotas_here() =>
        Assert.Equal(HttpStatusCode.NotFound, (await GrantingOperator.PostAsync(_host, Encoding.UTF8.GetBytes("""{"mock":"other"}"""))).Status);

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Quotas_are_told_by_POST_alone(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), QuotaExchange.Path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + MountedBundle.Token);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Control.SendAsync(request, Cancel)).StatusCode);
    }

    [Fact]
    public async Task More_than_may_be_said_is_refused_by_its_announced_length()
    {
        await using RawClient client = await RawClient.ConnectAsync(_host.Host.ControlPort, Cancel);
        await client.SendAsync(
            $"POST /control/v1/quotas HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {MountedBundle.Token}\r\nContent-Length: {QuotaExchange.MaxBytes + 1}\r\n\r\n", Cancel);
        Assert.StartsWith("HTTP/1.1 413 ", await client.ReadResponseAsync(Cancel, hasBody: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_may_be_said_is_refused_when_it_was_not_announced()
    {
        await using RawClient client = await RawClient.ConnectAsync(_host.Host.ControlPort, Cancel);
        await client.SendAsync(
            $"POST /control/v1/quotas HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {MountedBundle.Token}\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n{new string(' ', 0x20000)}\r\n0\r\n\r\n", Cancel);
        Assert.StartsWith("HTTP/1.1 413 ", await client.ReadResponseAsync(Cancel, hasBody: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_does_not_arrive_is_waited_for_ten_seconds_at_most()
    {
        var time = new FakeTimeProvider();
        await using BundleHost host = await BundleHost.StartAsync(_bundle, time: time);
        await using RawClient stalled = await RawClient.ConnectAsync(host.Host.ControlPort, Cancel);
        await stalled.SendAsync($"POST /control/v1/quotas HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {MountedBundle.Token}\r\nContent-Length: 100\r\n\r\n{{", Cancel);
        Task<string> answer = stalled.ReadResponseAsync(Cancel, hasBody: false);
        while (!answer.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(answer, Task.Delay(10, Cancel));
        }

        Assert.StartsWith("HTTP/1.1 408 ", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_that_leaves_is_no_fault_of_the_runtime()
    {
        GrantingOperator granting = await GrantingOperator.MeetAsync(_host);
        await granting.SayAsync(MeteredMock.Grant(10));
        byte[] said = Encoding.UTF8.GetBytes($$"""{"mock":"petstore","waitSeconds":30}""");
        await using (RawClient client = await RawClient.ConnectAsync(_host.Host.ControlPort, Cancel))
        {
            await client.SendAsync($"POST /control/v1/quotas HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {MountedBundle.Token}\r\nContent-Length: {said.Length}\r\n\r\n", Cancel);
        }

        Assert.Equal(10, (await granting.SayAsync(MeteredMock.Grant(10))).Meters![0].Unspent);
    }
}
