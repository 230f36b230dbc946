using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Operator.Tests.Installation;

/// <summary>The Helm chart, rendered by Helm where there is one: <c>helm</c> on the path, or named by <c>MOCK_OPERATOR_HELM</c>.</summary>
public sealed class ChartTests
{
    private static readonly string? s_helm = FindHelm();

    [Fact]
    public async Task Its_rights_are_those_of_the_kustomization()
    {
        IReadOnlyList<YamlMappingNode> rendered = await RenderAsync();

        Assert.Equal(
            Manifests.Rights(Manifests.Read("config", "rbac", "cluster_role.yaml")[0]).Order(StringComparer.Ordinal),
            Manifests.Rights(Named(rendered, "ClusterRole", "x-mock-operator")).Order(StringComparer.Ordinal));
        Assert.Equal(
            Manifests.Rights(Manifests.Read("config", "rbac", "role.yaml")[0]).Order(StringComparer.Ordinal),
            Manifests.Rights(Named(rendered, "Role", "x-mock-operator")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task With_namespaces_it_asks_for_nothing_beyond_them_but_the_kinds_of_ingress()
    {
        IReadOnlyList<YamlMappingNode> rendered = await RenderAsync("--set", "namespaces={a,b}", "--set", "aggregateRoles=false");

        Assert.Equal(
            ["networking.k8s.io/ingressclasses: list", "networking.k8s.io/ingressclasses: watch"],
            Manifests.Rights(Named(rendered, "ClusterRole", "x-mock-operator")).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["a", "b", "home"],
            rendered.Where(static document => document["kind"].ToString() == "Role").Select(static role => role["metadata"]["namespace"].ToString()).Order(StringComparer.Ordinal));
        Assert.Contains("--namespaces=a,b", Arguments(rendered));
    }

    [Fact]
    public async Task The_operator_passes_Pod_Security_restricted()
    {
        YamlNode pod = Named(await RenderAsync(), "Deployment", "x-mock-operator")["spec"]["template"]["spec"];
        YamlNode container = pod["containers"][0]["securityContext"];

        Assert.Equal("RuntimeDefault", pod["securityContext"]["seccompProfile"]["type"].ToString());
        Assert.Equal("true", pod["securityContext"]["runAsNonRoot"].ToString());
        Assert.Equal("false", container["allowPrivilegeEscalation"].ToString());
        Assert.Equal("true", container["readOnlyRootFilesystem"].ToString());
        Assert.Equal("ALL", container["capabilities"]["drop"][0].ToString());
    }

    [Fact]
    public async Task Kinds_that_not_every_cluster_has_are_rendered_only_where_they_are()
    {
        const string Monitoring = "serviceMonitor.enabled=true,podMonitor.enabled=true,prometheusRule.enabled=true,dashboards.enabled=true,prometheusRule.labels.release=prom";
        IReadOnlyList<YamlMappingNode> plain = await RenderAsync("--set", Monitoring);
        IReadOnlyList<YamlMappingNode> full = await RenderAsync("--set", Monitoring, "--api-versions", "monitoring.coreos.com/v1", "--api-versions", "policy/v1");

        foreach (string kind in (string[])["ServiceMonitor", "PodMonitor", "PrometheusRule"])
        {
            Assert.DoesNotContain(plain, document => document["kind"].ToString() == kind);
            Assert.Contains(full, document => document["kind"].ToString() == kind);
        }

        Assert.Equal(
            File.ReadAllText(Path.Combine(Manifests.Root, "config", "monitoring", "dashboards", "mocks.json")),
            plain.Single(static document => document["kind"].ToString() == "ConfigMap")["data"]["mocks.json"].ToString());
        YamlMappingNode rule = full.Single(static document => document["kind"].ToString() == "PrometheusRule");
        Assert.Equal("prom", rule["metadata"]["labels"]["release"].ToString());
        Assert.Equal(Alerts(Manifests.Read("config", "monitoring", "rules.yaml")[0]), Alerts(rule));
        Assert.Contains(full, static document => document["kind"].ToString() == "PodDisruptionBudget");
    }

    [Fact]
    public async Task Every_object_carries_the_labels_of_the_release() =>
        Assert.All(await RenderAsync(), static document =>
        {
            Assert.Equal("mock-operator", document["metadata"]["labels"]["app.kubernetes.io/name"].ToString());
            Assert.Equal("x", document["metadata"]["labels"]["app.kubernetes.io/instance"].ToString());
        });

    [Fact]
    public async Task A_value_that_nobody_knows_is_refused() => Assert.NotEqual(0, (await RunAsync("--set", "replica=3")).ExitCode);

    [Fact]
    public async Task What_mocks_may_ask_for_is_the_operators_setting()
    {
        Assert.Contains("--pod-templates=Safe", Arguments(await RenderAsync()));
        List<string> opened = [.. Arguments(await RenderAsync("--set", "podTemplates=Any", "--set", "ingressAnnotations=Any", "--set", "allowedMetadata={example.com/*,team}"))];

        Assert.Contains("--pod-templates=Any", opened);
        Assert.Contains("--ingress-annotations=Any", opened);
        Assert.Contains("--allowed-metadata=example.com/*,team", opened);
        Assert.NotEqual(0, (await RunAsync("--set", "podTemplates=Everything")).ExitCode);
        Assert.NotEqual(0, (await RunAsync("--set", "allowedMetadata={*}")).ExitCode);
    }

    [Fact]
    public async Task Roles_for_people_say_what_those_of_the_kustomization_say()
    {
        IReadOnlyList<YamlMappingNode> rendered = await RenderAsync();

        foreach (YamlMappingNode role in Manifests.Read("config", "rbac", "user_roles.yaml"))
        {
            YamlMappingNode ours = Named(rendered, "ClusterRole", "x-" + role["metadata"]["name"]);
            Assert.Equal(role["metadata"]["annotations"]["mockoperator.dev/implies"].ToString(), ours["metadata"]["annotations"]["mockoperator.dev/implies"].ToString());
            Assert.Equal(Manifests.Rights(role), Manifests.Rights(ours));
        }
    }

    [Fact]
    public void Its_policies_are_those_of_the_kustomization() =>
        Assert.Equal(
            Contents(Path.Combine(Manifests.Root, "config", "policies")),
            Contents(Path.Combine(Manifests.Root, "charts", "mock-operator", "policies")));

    [Fact]
    public async Task Policies_are_asked_for_and_bear_the_names_of_the_release()
    {
        string[] both = ["--set", "policies.users=true", "--set", "policies.account=true", "--set", "controlKeySecret=key", "--set", "runtime.image.tag=v9", "--set", "allowedMetadata={example.com/*,team.io/x}"];

        Assert.DoesNotContain(await RenderAsync(), IsPolicy);
        List<YamlMappingNode> policies = [.. (await RenderAsync(both)).Where(IsPolicy)];
        Assert.Equal(7, policies.Count);
        string account = Text(policies, "x-mock-operator-account");
        Assert.Contains("system:serviceaccount:home:x-mock-operator'", account, StringComparison.Ordinal);
        Assert.Contains("request.namespace == 'home'", account, StringComparison.Ordinal);
        Assert.Contains("object.metadata.name == 'key'", account, StringComparison.Ordinal);
        Assert.DoesNotContain("mock-operator-system", account, StringComparison.Ordinal);
        Assert.Contains("['mock-operator/mock-runtime:v9']", Text(policies, "x-mock-operator-pods"), StringComparison.Ordinal);
        string templates = Text(policies, "x-mock-operator-pod-templates");
        Assert.Contains("'kubectl.kubernetes.io/', 'example.com/']", templates, StringComparison.Ordinal);
        Assert.Contains("['team.io/x']", templates, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_of_what_runs_is_left_out_where_anything_may_run() =>
        Assert.DoesNotContain(
            await RenderAsync("--set", "policies.account=true", "--set", "podTemplates=Any"),
            static document => document["metadata"]["name"].ToString() == "x-mock-operator-pods");

    [Fact]
    public async Task Without_a_registry_nothing_is_rendered_and_the_cure_is_told()
    {
        (int exitCode, string output, string error) = await RunAsync("--set", "registry=");

        Assert.NotEqual(0, exitCode);
        Assert.Empty(output);
        Assert.Contains("registry is not set", error, StringComparison.Ordinal);
        Assert.Contains("make push REGISTRY=", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registry=registry.example.com/team", "registry.example.com/team/mock-operator:0.1.0", "registry.example.com/team/mock-runtime:0.1.0")]
    [InlineData("registry=localhost:5000,image.tag=a,runtime.image.tag=b", "localhost:5000/mock-operator:a", "localhost:5000/mock-runtime:b")]
    [InlineData("registry=,image.repository=one/operator,runtime.image.repository=two/runtime", "one/operator:0.1.0", "two/runtime:0.1.0")]
    [InlineData("registry=r,runtime.image.digest=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,runtime.image.tag=b", "r/mock-operator:0.1.0", "r/mock-runtime@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task An_image_is_named_by_registry_or_repository_and_by_tag_or_digest(string values, string image, string runtime)
    {
        IReadOnlyList<YamlMappingNode> rendered = await RenderAsync("--set", values);

        Assert.Equal(image, Named(rendered, "Deployment", "x-mock-operator")["spec"]["template"]["spec"]["containers"][0]["image"].ToString());
        Assert.Contains($"--runtime-image={runtime}", Arguments(rendered));
    }

    [Theory]
    [InlineData("image.digest=sha256:12")]
    [InlineData("image.tag=a b")]
    [InlineData("registry=https://registry.example.com")]
    [InlineData("registry=registry.example.com/")]
    public async Task A_name_that_is_none_is_refused(string values) => Assert.NotEqual(0, (await RunAsync("--set", values)).ExitCode);

    private static bool IsPolicy(YamlMappingNode document) => document["kind"].ToString() == "ValidatingAdmissionPolicy";

    private static string Text(IEnumerable<YamlMappingNode> policies, string name) =>
        string.Join('\n', Named(policies, "ValidatingAdmissionPolicy", name).AllNodes.OfType<YamlScalarNode>().Select(static node => node.Value));

    private static IEnumerable<(string File, string Text)> Contents(string folder) =>
        Directory.GetFiles(folder, "*.yaml").Where(static path => Path.GetFileName(path) != "kustomization.yaml")
            .Select(static path => (Path.GetFileName(path), File.ReadAllText(path))).OrderBy(static file => file.Item1, StringComparer.Ordinal);

    private static YamlMappingNode Named(IEnumerable<YamlMappingNode> documents, string kind, string name) =>
        Assert.Single(documents, document => document["kind"].ToString() == kind && document["metadata"]["name"].ToString() == name);

    private static IEnumerable<string> Arguments(IEnumerable<YamlMappingNode> rendered) =>
        ((YamlSequenceNode)Named(rendered, "Deployment", "x-mock-operator")["spec"]["template"]["spec"]["containers"][0]["args"]).Select(static argument => argument.ToString());

    private static async Task<IReadOnlyList<YamlMappingNode>> RenderAsync(params string[] arguments)
    {
        (int exitCode, string output, string error) = await RunAsync(arguments);
        Assert.True(exitCode == 0, error);
        return Manifests.Parse(output);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        Assert.SkipWhen(s_helm is null, "There is no helm on the path, and MOCK_OPERATOR_HELM names none.");
        var start = new ProcessStartInfo(s_helm!, ["template", "x", Path.Combine(Manifests.Root, "charts", "mock-operator"), "--namespace", "home", "--set", "registry=mock-operator", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }

    private static IEnumerable<string> Alerts(YamlMappingNode rules) =>
        from @group in (YamlSequenceNode)rules["spec"]["groups"]
        from rule in (YamlSequenceNode)@group["rules"]
        select $"{rule["alert"]}: {rule["expr"]} {rule["annotations"]["summary"]}";

    private static string? FindHelm() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(static folder => Path.Combine(folder, "helm"))
            .Prepend(Environment.GetEnvironmentVariable("MOCK_OPERATOR_HELM") ?? "")
            .FirstOrDefault(File.Exists);
}
