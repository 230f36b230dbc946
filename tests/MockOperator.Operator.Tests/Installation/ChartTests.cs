using System.Diagnostics;
using MockOperator.Operator.Desired;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Operator.Tests.Installation;

/// <summary>The Helm chart, rendered by Helm where there is one: <c>helm</c> on the path, or named by <c>MOCK_OPERATOR_HELM</c>.</summary>
public sealed class ChartTests
{
    private static readonly string? s_helm = FindHelm();
    private static readonly string s_chart = Path.Combine(Manifests.Root, "charts", "mock-operator");

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
    public async Task Monitoring_is_rendered_where_the_cluster_has_its_kinds()
    {
        const string Monitoring = "serviceMonitor.enabled=true,podMonitor.enabled=true,prometheusRule.enabled=true,dashboards.enabled=true,prometheusRule.labels.release=prom";
        IReadOnlyList<YamlMappingNode> full = await RenderAsync("--set", Monitoring, "--api-versions", "monitoring.coreos.com/v1");

        foreach (string kind in (string[])["ServiceMonitor", "PodMonitor", "PrometheusRule"])
        {
            Assert.Contains(full, document => document["kind"].ToString() == kind);
        }

        Assert.Equal(
            File.ReadAllText(Path.Combine(Manifests.Root, "config", "monitoring", "dashboards", "mocks.json")),
            full.Single(static document => document["kind"].ToString() == "ConfigMap")["data"]["mocks.json"].ToString());
        YamlMappingNode rule = full.Single(static document => document["kind"].ToString() == "PrometheusRule");
        Assert.Equal("prom", rule["metadata"]["labels"]["release"].ToString());
        Assert.Equal(Alerts(Manifests.Read("config", "monitoring", "rules.yaml")[0]), Alerts(rule));
        Assert.Contains(full, static document => document["kind"].ToString() == "PodDisruptionBudget");
    }

    [Theory]
    [InlineData("serviceMonitor.enabled=true", "serviceMonitor.enabled needs monitoring.coreos.com/v1")]
    [InlineData("podMonitor.enabled=true", "podMonitor.enabled needs monitoring.coreos.com/v1")]
    [InlineData("prometheusRule.enabled=true", "prometheusRule.enabled needs monitoring.coreos.com/v1")]
    [InlineData("policies.users=true", "Kubernetes has from 1.30 on", "--kube-version", "1.29.4")]
    [InlineData("policies.account=true", "Kubernetes has from 1.30 on", "--kube-version", "1.29.4")]
    public async Task What_was_asked_for_and_cannot_be_had_fails_the_render(string value, string said, params string[] cluster)
    {
        (int exitCode, string output, string error) = await RunAsync(["--set", value, .. cluster]);

        Assert.NotEqual(0, exitCode);
        Assert.Empty(output);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.28.9", false)]
    [InlineData("1.29.0", true)]
    [InlineData("1.36.1-eks-1234", true)]
    public async Task It_is_for_the_versions_that_it_says(string version, bool isFor) => Assert.Equal(isFor, (await RunAsync("--kube-version", version)).ExitCode == 0);

    [Theory]
    [InlineData("mockservers")]
    [InlineData("collections")]
    [InlineData("mockquotas")]
    public async Task Its_definitions_are_those_of_the_kustomization_and_are_kept(string plural)
    {
        YamlMappingNode original = Assert.Single(Manifests.Read("config", "crd", plural + ".yaml"));
        YamlMappingNode kept = Named(await RenderAsync(), "CustomResourceDefinition", plural + ".mockoperator.dev");
        YamlMappingNode unkept = Named(await RenderAsync("--set", "crds.keep=false"), "CustomResourceDefinition", plural + ".mockoperator.dev");

        Assert.Equal(original["spec"], kept["spec"]);
        Assert.Equal(original["spec"], unkept["spec"]);
        Assert.Equal("keep", kept["metadata"]["annotations"]["helm.sh/resource-policy"].ToString());
        Assert.DoesNotContain(unkept.AllNodes, static node => node.ToString() == "helm.sh/resource-policy");
        Assert.All((YamlMappingNode)original["metadata"]["labels"], label => Assert.Equal(label.Value, kept["metadata"]["labels"][label.Key]));
        Assert.DoesNotContain(await RenderAsync("--set", "crds.enabled=false"), static document => document["kind"].ToString() == "CustomResourceDefinition");
    }

    [Fact]
    public async Task Helm_lints_it_without_a_complaint()
    {
        (int exitCode, string output, string error) = await HelmAsync("lint", "--strict", s_chart, "--set", "registry=registry.example.com/team");

        Assert.True(exitCode == 0, output + error);
    }

    [Fact]
    public async Task Everything_is_called_as_the_user_says()
    {
        IReadOnlyList<YamlMappingNode> rendered = await RenderAsync("--set", "fullnameOverride=mocks,dashboards.enabled=true,networkPolicy.enabled=true,namespaces={a},tests.image=curl");

        Assert.All(
            rendered.Where(static document => document["kind"].ToString() != "CustomResourceDefinition"),
            static document => Assert.StartsWith("mocks", document["metadata"]["name"].ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_logged_is_said_in_words_that_the_operator_knows()
    {
        Assert.Contains("--log-level=Information", Arguments(await RenderAsync()));
        foreach (string level in (string[])["Trace", "Debug", "Information", "Warning", "Error", "Critical"])
        {
            List<string> arguments = [.. Arguments(await RenderAsync("--set", $"log.level={level},log.format=Text"))];
            Assert.Contains($"--log-level={level}", arguments);
            Assert.Contains("--log-format=Text", arguments);
            Assert.Empty(OperatorCommand.Create().Parse([.. arguments]).Errors);
        }

        Assert.NotEqual(0, (await RunAsync("--set", "log.level=Loud")).ExitCode);
    }

    [Fact]
    public async Task Secrets_for_pulling_are_said_in_one_way()
    {
        IReadOnlyList<YamlMappingNode> rendered = await RenderAsync("--set", "imagePullSecrets[0].name=a,runtime.imagePullSecrets[0].name=b,runtime.imagePullSecrets[1].name=c");

        Assert.Equal("a", Named(rendered, "Deployment", "x-mock-operator")["spec"]["template"]["spec"]["imagePullSecrets"][0]["name"].ToString());
        Assert.Contains("--runtime-image-pull-secrets=b,c", Arguments(rendered));
        Assert.NotEqual(0, (await RunAsync("--set", "runtime.imagePullSecrets={b}")).ExitCode);
    }

    [Fact]
    public async Task Policies_of_the_network_name_ports_that_are_there()
    {
        IReadOnlyList<YamlMappingNode> rendered = await RenderAsync("--set", "networkPolicy.enabled=true,networkPolicy.mockNamespaces={a,b}");

        Assert.DoesNotContain(await RenderAsync(), static document => document["kind"].ToString() == "NetworkPolicy");
        Assert.Equal(["a", "b", "home"], rendered.Where(static document => document["kind"].ToString() == "NetworkPolicy").Select(static policy => policy["metadata"]["namespace"].ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(["metrics"], Ports(Named(rendered, "NetworkPolicy", "x-mock-operator")));
        YamlMappingNode mocks = rendered.First(static document => document["metadata"]["name"].ToString() == "x-mock-operator-mocks");
        Assert.Equal([RuntimePorts.HttpName, RuntimePorts.AdminName, RuntimePorts.ControlName], Ports(mocks));
        Dictionary<string, string> labels = ChildLabels.Of("hello");
        Assert.All((YamlMappingNode)mocks["spec"]["podSelector"]["matchLabels"], label => Assert.Equal(label.Value.ToString(), labels[label.Key.ToString()]));
        Assert.Equal("home", mocks["spec"]["ingress"][2]["from"][0]["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"].ToString());
    }

    [Theory]
    [InlineData("", "home")]
    [InlineData("namespaces={a,b}", "a")]
    [InlineData("namespaces={a,home}", "home")]
    public async Task A_test_of_the_release_calls_a_mock_where_the_operator_watches(string values, string space)
    {
        Assert.DoesNotContain(await RenderAsync(), static document => document["kind"].ToString() == "Pod");
        IReadOnlyList<YamlMappingNode> rendered = await RenderAsync("--set", $"tests.image=example.com/curl:1,{values}");
        YamlMappingNode pod = Named(rendered, "Pod", "x-mock-operator-test");

        Assert.Equal(space, pod["metadata"]["namespace"].ToString());
        Assert.Equal(space, Named(rendered, "MockServer", "x-mock-operator-test")["metadata"]["namespace"].ToString());
        Assert.Contains($"http://x-mock-operator-test.{space}.svc/hello", ((YamlSequenceNode)pod["spec"]["containers"][0]["args"]).Select(static argument => argument.ToString()));
        Assert.Equal("test", pod["metadata"]["annotations"]["helm.sh/hook"].ToString());
    }

    /// <summary>After a change that is meant, run it with <c>UPDATE_SNAPSHOTS=1</c> and read the difference.</summary>
    [Theory]
    [InlineData("defaults")]
    [InlineData("some-namespaces", "--set", "namespaces={a,b},networkPolicy.enabled=true,serviceAccount.create=false,aggregateRoles=false,replicas=1,log.level=Debug")]
    [InlineData("everything", "--set", "serviceMonitor.enabled=true,podMonitor.enabled=true,policies.users=true,policies.account=true,networkPolicy.enabled=true,networkPolicy.mockNamespaces={a},tests.image=example.com/curl:1,imagePullSecrets[0].name=pull,runtime.imagePullSecrets[0].name=pull,domainTemplate=mocks.example.com,podLabels.team=a,podAnnotations.note=b,nodeSelector.disk=ssd,priorityClassName=high,extraArgs={--metrics-port=8080}", "--api-versions", "monitoring.coreos.com/v1")]
    public async Task It_renders_as_it_did(string name, params string[] values)
    {
        (int exitCode, string output, string error) = await RunAsync(["--set", "crds.enabled=false", "--kube-version", "1.33.4", .. values]);
        Assert.True(exitCode == 0, error);
        string rendered = "---\n" + string.Join("\n---\n", output.Split("---\n", StringSplitOptions.RemoveEmptyEntries).Select(static document => document.Trim('\n')).Order(StringComparer.Ordinal)) + "\n";
        string path = Path.Combine(Manifests.Root, "tests", "MockOperator.Operator.Tests", "Installation", "Renders", name + ".yaml");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, rendered, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), rendered);
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
    public async Task Ingress_classes_without_addresses_are_the_operators_setting()
    {
        Assert.Contains("--ingress-classes-without-address=yarp,internal", Arguments(await RenderAsync("--set", "ingressClassesWithoutAddress={yarp,internal}")));
        Assert.NotEqual(0, (await RunAsync("--set", "ingressClassesWithoutAddress={a b}")).ExitCode);
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

    private static IEnumerable<string> Ports(YamlMappingNode policy) =>
        ((YamlSequenceNode)policy["spec"]["ingress"]).Select(static rule => rule["ports"][0]["port"].ToString());

    private static IEnumerable<string> Arguments(IEnumerable<YamlMappingNode> rendered) =>
        ((YamlSequenceNode)Named(rendered, "Deployment", "x-mock-operator")["spec"]["template"]["spec"]["containers"][0]["args"]).Select(static argument => argument.ToString());

    private static async Task<IReadOnlyList<YamlMappingNode>> RenderAsync(params string[] arguments)
    {
        (int exitCode, string output, string error) = await RunAsync(arguments);
        Assert.True(exitCode == 0, error);
        return Manifests.Parse(output);
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        HelmAsync(["template", "x", s_chart, "--namespace", "home", "--set", "registry=mock-operator", .. arguments]);

    private static async Task<(int ExitCode, string Output, string Error)> HelmAsync(params string[] arguments)
    {
        Assert.SkipWhen(s_helm is null, "There is no helm on the path, and MOCK_OPERATOR_HELM names none.");
        var start = new ProcessStartInfo(s_helm!, arguments)
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
