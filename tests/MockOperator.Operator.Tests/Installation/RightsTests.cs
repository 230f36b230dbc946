using MockOperator.Operator.Desired;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Operator.Tests.Installation;

public sealed class RightsTests
{
    private static readonly string[] s_watch = ["get", "list", "watch"];
    private static readonly string[] s_apply = ["create", "patch"];

    // What the code does, kind by kind: a watch lists and watches; an apply patches, and creates when the object is new.
    private static readonly HashSet<string> s_neededWhereItWatches =
    [
        .. Rights("mockoperator.dev", "mockservers", s_watch),
        .. Rights("mockoperator.dev", "collections", s_watch),
        .. Rights("mockoperator.dev", "mockquotas", [.. s_watch, .. s_apply, "delete"]),
        .. Rights("mockoperator.dev", "mockquotas/status", ["update", "patch"]),
        .. Rights("mockoperator.dev", "mockservers/status", ["patch"]),
        .. Rights("mockoperator.dev", "collections/status", ["patch"]),
        .. Rights("mockoperator.dev", "mockservers/finalizers", ["update"]),
        .. Rights("", "serviceaccounts", [.. s_watch, .. s_apply]),
        .. Rights("", "services", [.. s_watch, .. s_apply]),
        .. Rights("apps", "deployments", [.. s_watch, .. s_apply]),
        .. Rights("apps", "replicasets", ["list", "watch"]),
        .. Rights("", "configmaps", [.. s_watch, .. s_apply, "delete"]),
        .. Rights("", "pods", [.. s_watch, "patch"]),
        .. Rights("events.k8s.io", "events", s_apply),
        .. Rights("", "secrets", ["create"]),
        .. Rights("networking.k8s.io", "ingresses", [.. s_watch, .. s_apply, "delete"]),
        .. Rights("networking.k8s.io", "ingressclasses", ["list", "watch"]),
        .. Rights("gateway.networking.k8s.io", "gateways", ["list", "watch"]),
        .. Rights("gateway.networking.k8s.io", "httproutes", [.. s_watch, .. s_apply, "delete"]),
        .. Rights("traefik.io", "middlewares", [.. s_watch, .. s_apply, "delete"]),
    ];

    private static readonly HashSet<string> s_neededAtHome =
    [
        .. Rights("coordination.k8s.io", "leases", ["create"]),
        .. Rights("coordination.k8s.io", "leases/" + ChildLabels.Manager, ["get", "update"]),
        .. Rights("", "secrets", ["create"]),
        .. Rights("", "pods", ["patch"]),
    ];

    [Fact]
    public void The_ClusterRole_gives_what_the_code_needs_and_no_more() =>
        Assert.Equal(s_neededWhereItWatches.Order(StringComparer.Ordinal), Manifests.Rights(Role("cluster_role.yaml")).Order(StringComparer.Ordinal));

    [Fact]
    public void The_Role_gives_what_the_code_needs_and_no_more() =>
        Assert.Equal(s_neededAtHome.Order(StringComparer.Ordinal), Manifests.Rights(Role("role.yaml")).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("cluster_role.yaml")]
    [InlineData("role.yaml")]
    [InlineData("user_roles.yaml")]
    public void There_is_no_wildcard_and_no_way_to_read_a_Secret(string file)
    {
        List<string> rights = [.. Manifests.Read("config", "rbac", file).SelectMany(Manifests.Rights)];

        Assert.DoesNotContain(rights, static right => right.Contains('*', StringComparison.Ordinal));
        Assert.DoesNotContain(rights, static right => right.StartsWith("/secrets: ", StringComparison.Ordinal) && right != "/secrets: create");
    }

    [Fact]
    public void Roles_for_people_say_which_rights_they_imply() =>
        Assert.All(Manifests.Read("config", "rbac", "user_roles.yaml"), static role => Assert.NotEmpty(role["metadata"]["annotations"]["mockoperator.dev/implies"].ToString()));

    private static YamlMappingNode Role(string file) => Assert.Single(Manifests.Read("config", "rbac", file));

    private static IEnumerable<string> Rights(string group, string resource, IEnumerable<string> verbs) => verbs.Select(verb => $"{group}/{resource}: {verb}");
}
