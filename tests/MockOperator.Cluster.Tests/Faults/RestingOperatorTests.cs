using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Faults;

/// <summary>
/// What the operator asks of a real API server while nobody edits anything: watches and its lease, and next to nothing else, although some mocks are broken.
/// </summary>
[Collection(OneAfterTheOther.Rights)]
public class RestingOperatorTests(TestCluster cluster)
{
    private const int Most = 6;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task At_rest_the_operator_asks_next_to_nothing_beside_watches_and_lease()
    {
        await using var space = await cluster.NamespaceAsync("resting");
        await MakeAsync(space);
        var installed = new InstalledOperator(cluster);
        await installed.SettledAsync();

        var quota = await VersionAsync(space);
        var before = await installed.RequestsAsync();
        await installed.PassedAsync(Rest);
        var after = await installed.RequestsAsync();

        var told = $"requests of the operator at rest in {(after.At - before.At).TotalSeconds:0} s: {after.Others - before.Others}, beside {after.Watches - before.Watches} for watches and {after.Lease - before.Lease} for the lease";
        Console.WriteLine(told);
        Assert.Equal(before.Leader, after.Leader);
        // A quota's books are written as the lease is, so what is taken for the lease's must not be theirs.
        Assert.Equal(quota, await VersionAsync(space));
        Assert.True(after.Others - before.Others <= Most, told);
    }

    /// <summary>Twenty mocks, and waits until each is what it will be.</summary>
    private async Task MakeAsync(MockNamespace space)
    {
        await space.ApplyAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: rubbish}
            data: {collection.json: '{"item": [ oops'}
            ---
            apiVersion: mockoperator.dev/v1alpha1
            kind: Collection
            metadata: {name: rubbish}
            spec: {configMapKeyRef: {name: rubbish, key: collection.json}}
            ---
            apiVersion: mockoperator.dev/v1alpha1
            kind: MockQuota
            metadata: {name: team}
            spec: {calls: 1000, period: Month, selector: {matchNames: [counted]}}
            """);
        var mocks = new List<(string Name, string Spec, string Ready)>();
        for (var number = 0; number < 8; number++)
            mocks.Add(($"served-{number}", Embedded(), "True"));
        for (var number = 0; number < 4; number++)
            mocks.Add(($"exposed-{number}", Embedded($", ingress: {{host: resting-{number}.example.com}}"), "True"));
        for (var number = 0; number < 3; number++)
            mocks.Add(($"broken-{number}", "{collectionRef: {name: rubbish}}", "False"));
        for (var number = 0; number < 3; number++)
            mocks.Add(($"lost-{number}", "{collectionRef: {name: none}}", "False"));
        mocks.Add(("private", Embedded(", private: true"), "True"));
        mocks.Add(("counted", Embedded(), "True"));
        foreach (var (name, spec, _) in mocks)
        {
            await space.ApplyAsync($$"""
                apiVersion: mockoperator.dev/v1alpha1
                kind: MockServer
                metadata: {name: {{name}}}
                spec: {{spec}}
                """);
        }

        foreach (var (name, _, ready) in mocks)
            await space.ConditionAsync("MockServer", name, "Ready", ready);
        await Eventually.TrueAsync(
            "the quota covers its mock",
            async () => (int?)(await cluster.Api.GetAsync(space.Path("MockQuota", "team")))["status"]?["coveredMocks"] == 1,
            () => space.StateAsync("MockQuota", "team"));
    }

    private async Task<string?> VersionAsync(MockNamespace space) =>
        (string?)(await cluster.Api.GetAsync(space.Path("MockQuota", "team")))["metadata"]!["resourceVersion"];

    private static string Embedded(string rest = "") => $"{{collection: {{examples: [{{name: /pets, request: {{path: /pets}}, response: {{json: []}}}}]}}{rest}}}";
}
