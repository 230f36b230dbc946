using YamlDotNet.RepresentationModel;

namespace MockOperator.Testing;

/// <summary>Somebody with a token, and what RBAC lets them do.</summary>
/// <param name="Name">Name of the user.</param>
/// <param name="May">Judges a request.</param>
public sealed record PlayedUser(string Name, Func<PlayedRequest, bool> May)
{
    private static readonly Lazy<IReadOnlyList<Rule>> s_view = new(() => Rules("mock-operator-view"));
    private static readonly Lazy<IReadOnlyList<Rule>> s_edit = new(() => [.. Rules("mock-operator-view"), .. Rules("mock-operator-edit")]);

    // What the built-in roles give, as far as mocks need it.
    private static readonly Rule[] s_builtInView =
    [
        new("", ["configmaps", "services", "pods", "pods/log", "events", "namespaces"], ["get", "list", "watch"]),
        new("apps", ["deployments", "replicasets"], ["get", "list", "watch"]),
        new("networking.k8s.io", ["ingresses"], ["get", "list", "watch"]),
    ];

    private static readonly Rule[] s_builtInEdit =
    [
        .. s_builtInView,
        new("", ["configmaps", "services", "pods", "secrets"], ["get", "list", "watch", "create", "update", "patch", "delete"]),
        new("", ["pods/portforward"], ["get", "create"]),
        new("networking.k8s.io", ["ingresses"], ["create", "update", "patch", "delete"]),
    ];

    /// <summary>Whoever may do everything everywhere.</summary>
    public static PlayedUser Admin { get; } = new("admin", _ => true);

    /// <summary>Whoever has a valid token and no right.</summary>
    public static PlayedUser Nobody { get; } = new("nobody", _ => false);

    /// <summary>Whoever holds the built-in role <c>view</c>, with what this project adds to it, in some namespaces.</summary>
    public static PlayedUser Viewer(params string[] namespaces) => new("viewer", request => In(namespaces, request) && (Any(s_builtInView, request) || Any(s_view.Value, request)));

    /// <summary>Whoever holds the built-in role <c>edit</c>, with what this project adds to it, in some namespaces.</summary>
    public static PlayedUser Editor(params string[] namespaces) => new("editor", request => In(namespaces, request) && (Any(s_builtInEdit, request) || Any(s_edit.Value, request)));

    private static bool In(string[] namespaces, PlayedRequest request) => request.Namespace is { } ns && namespaces.Contains(ns);

    private static bool Any(IEnumerable<Rule> rules, PlayedRequest request) =>
        rules.Any(rule => rule.Group == request.Group && rule.Resources.Contains(request.Subresource is null ? request.Resource : $"{request.Resource}/{request.Subresource}") && rule.Verbs.Contains(request.Verb));

    /// <summary>The rules of a role as it is shipped.</summary>
    private static List<Rule> Rules(string role)
    {
        var yaml = new YamlStream();
        using (var file = new StreamReader(Path.Combine(Repository.Root, "config", "rbac", "user_roles.yaml")))
            yaml.Load(file);
        var found = yaml.Documents.Select(document => (YamlMappingNode)document.RootNode).Single(root => (string?)root["metadata"]["name"] == role);
        return
        [
            .. from rule in (YamlSequenceNode)found["rules"]
               from @group in Texts(rule["apiGroups"])
               select new Rule(@group, Texts(rule["resources"]), Texts(rule["verbs"])),
        ];
    }

    private static string[] Texts(YamlNode list) => [.. ((YamlSequenceNode)list).Select(item => (string?)item ?? "")];

    private sealed record Rule(string Group, string[] Resources, string[] Verbs);
}
