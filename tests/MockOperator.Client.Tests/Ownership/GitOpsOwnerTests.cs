using k8s.Models;
using MockOperator.Client.Ownership;

namespace MockOperator.Client.Tests.Ownership;

public class GitOpsOwnerTests
{
    private static readonly V1ManagedFieldsEntry s_argo = new() { Manager = "argocd-controller", Operation = "Apply" };

    [Fact]
    public void Nobody_keeps_what_a_person_applied() => Assert.Null(GitOpsOwner.Of(Metadata()));

    [Fact]
    public void Argo_CD_marks_by_a_tracking_id() =>
        Assert.Equal(new GitOpsOwner("Argo CD", "shop"), GitOpsOwner.Of(Metadata(annotations: [("argocd.argoproj.io/tracking-id", "shop:mockoperator.dev/MockServer:demo/users")])));

    [Fact]
    public void A_copied_manifest_whose_tracking_id_names_another_object_is_not_Argo_CDs() =>
        Assert.Null(GitOpsOwner.Of(Metadata(annotations: [("argocd.argoproj.io/tracking-id", "shop:mockoperator.dev/MockServer:demo/orders")])));

    [Fact]
    public void Argo_CD_marks_by_a_label_that_others_have_too_so_it_must_have_written_the_object()
    {
        Assert.Null(GitOpsOwner.Of(Metadata(labels: [("app.kubernetes.io/instance", "shop")])));
        Assert.Equal(new GitOpsOwner("Argo CD", "shop"), GitOpsOwner.Of(Metadata(labels: [("app.kubernetes.io/instance", "shop")], managers: [s_argo])));
    }

    [Theory]
    [InlineData("kustomize")]
    [InlineData("helm")]
    public void Flux_marks_by_labels(string controller)
    {
        Assert.Equal(new GitOpsOwner("Flux", "apps"), GitOpsOwner.Of(Metadata(labels: [($"{controller}.toolkit.fluxcd.io/name", "apps")])));
        Assert.Equal(
            new GitOpsOwner("Flux", "flux-system/apps"),
            GitOpsOwner.Of(Metadata(labels: [($"{controller}.toolkit.fluxcd.io/name", "apps"), ($"{controller}.toolkit.fluxcd.io/namespace", "flux-system")])));
    }

    [Fact]
    public void Helm_marks_by_a_label_and_an_annotation_together()
    {
        Assert.Null(GitOpsOwner.Of(Metadata(labels: [("app.kubernetes.io/managed-by", "Helm")])));
        Assert.Equal(
            new GitOpsOwner("Helm", "shop"),
            GitOpsOwner.Of(Metadata(labels: [("app.kubernetes.io/managed-by", "Helm")], annotations: [("meta.helm.sh/release-name", "shop")])));
    }

    private static V1ObjectMeta Metadata((string, string)[]? labels = null, (string, string)[]? annotations = null, V1ManagedFieldsEntry[]? managers = null) => new()
    {
        Name = "users",
        NamespaceProperty = "demo",
        Labels = labels?.ToDictionary(static pair => pair.Item1, static pair => pair.Item2),
        Annotations = annotations?.ToDictionary(static pair => pair.Item1, static pair => pair.Item2),
        ManagedFields = managers,
    };
}
