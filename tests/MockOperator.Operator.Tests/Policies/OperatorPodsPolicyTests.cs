using System.Text.Json.Nodes;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Tests.Allowances;
using MockOperator.Operator.Tests.Desired;
using MockOperator.Operator.Tests.Installation;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Policies;

public sealed class OperatorPodsPolicyTests
{
    private static readonly Policy s_policy = Policy.Read("operator-pods.yaml");

    [Theory]
    [MemberData(nameof(TemplateCases.Safe), MemberType = typeof(TemplateCases))]
    public void What_the_operator_runs_by_default_passes(string template) => Assert.Empty(Refusals(Deployment(template)));

    [Fact]
    public void The_image_is_the_one_that_the_operator_is_installed_with()
    {
        var images = (YamlDotNet.RepresentationModel.YamlSequenceNode)Assert.Single(Manifests.Read("config", "default", "kustomization.yaml"))["images"];
        string image = Assert.Single(images.Where(static image => image["name"].ToString() == "mock-runtime").Select(static image => $"{image["newName"]}:{image["newTag"]}"));

        Assert.Empty(Refusals(Deployment("{}", image)));
        Assert.NotEmpty(Refusals(Deployment("{}", "example.com/other")));
    }

    [Theory]
    [InlineData("""{"containers":[{"name":"sidecar","image":"your-registry.invalid/mock-runtime:unset"}]}""")]
    [InlineData("""{"initContainers":[{"name":"i","image":"your-registry.invalid/mock-runtime:unset"}]}""")]
    [InlineData("""{"containers":[{"name":"runtime","command":["sh"]}]}""")]
    [InlineData("""{"containers":[{"name":"runtime","securityContext":{"privileged":true}}]}""")]
    [InlineData("""{"containers":[{"name":"runtime","securityContext":{"allowPrivilegeEscalation":true}}]}""")]
    [InlineData("""{"containers":[{"name":"runtime","securityContext":{"capabilities":{"add":["SYS_ADMIN"]}}}]}""")]
    [InlineData("""{"containers":[{"name":"runtime","ports":[{"containerPort":1,"hostPort":1}]}]}""")]
    [InlineData("""{"containers":[{"name":"runtime","env":[{"name":"A","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}]}]}""")]
    [InlineData("""{"containers":[{"name":"runtime","envFrom":[{"secretRef":{"name":"s"}}]}]}""")]
    [InlineData("""{"serviceAccountName":"admin"}""")]
    [InlineData("""{"automountServiceAccountToken":true}""")]
    [InlineData("""{"hostNetwork":true}""")]
    [InlineData("""{"hostPID":true}""")]
    [InlineData("""{"nodeName":"control-plane"}""")]
    [InlineData("""{"securityContext":null}""")]
    [InlineData("""{"volumes":[{"name":"v","hostPath":{"path":"/"}}]}""")]
    [InlineData("""{"volumes":[{"name":"v","projected":{"sources":[{"serviceAccountToken":{"path":"t"}}]}}]}""")]
    public void Nothing_else_runs_and_nothing_runs_with_more(string pod) => Assert.NotEmpty(Refusals(Deployment($$"""{"spec":{{pod}}}""")));

    private static JsonNode Deployment(string template, string? image = null)
    {
        var spec = new MockServerSpec { PodTemplate = Mocks.Json(template) };
        Assert.True(PodOverrides.TryRead(spec, out PodOverrides? overrides, out string? problem), problem);
        var settings = new RuntimeSettings();
        return PolicyObjects.Of(DeploymentBuilder.Build(Mocks.Of(spec), new DeploymentShape(2, 0, [new MountedSecret("env-0", "theirs")]), overrides, settings with { Image = image ?? settings.Image }));
    }

    private static IReadOnlyList<string> Refusals(JsonNode deployment) => s_policy.Refusals(Requester.Operator, "deployments", deployment);
}
