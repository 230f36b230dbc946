using MockOperator.Client.Calls;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Testing;

namespace MockOperator.Client.Tests.Calls;

/// <summary>Calls of a real mock, read through forwarded ports.</summary>
public sealed class RunningMockTests
{
    [Fact]
    public async Task Calls_of_a_real_mock_are_read_and_filtered_with_the_callers_rights()
    {
        await using var mock = await RunningMock.StartAsync(Path.Combine(Repository.Root, "config", "samples", "greetings.yaml"));
        await using var cluster = await PlayedCluster.StartAsync();
        cluster.Objects.Put("mockservers", """{"apiVersion":"mockoperator.dev/v1alpha1","kind":"MockServer","metadata":{"name":"greetings","namespace":"demo"},"spec":{}}""");
        cluster.AddPod("greetings", "greetings-1", mock.Ports);
        cluster.Users["of-editor"] = PlayedUser.Editor("demo");
        await mock.Http.GetStringAsync("/hello/Ann", TestContext.Current.CancellationToken);
        using var missed = await mock.Http.GetAsync("/nothing", TestContext.Current.CancellationToken);

        using var editor = cluster.Connect("of-editor");
        using var calls = new MockCalls(editor.Api, new ObjectKey("demo", "greetings"));
        var all = await calls.ReadAsync(CallFilter.All, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(all.Silent);
        Assert.Equal(["/nothing", "/hello/Ann"], all.Calls.Select(call => call.Call.Request.Path));
        var unmatched = await calls.ReadAsync(CallFilter.All with { Outcome = "unmatched" }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["/nothing"], unmatched.Calls.Select(call => call.Call.Request.Path));
    }
}
