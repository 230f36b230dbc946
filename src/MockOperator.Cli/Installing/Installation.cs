using System.Text.Json.Nodes;
using MockOperator.Cli.Terminal;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Yaml;

namespace MockOperator.Cli.Installing;

/// <summary>What an operator consists of: the manifests of <c>config/default</c>, which are part of this program, with the images put in.</summary>
internal static class Installation
{
    /// <summary>The namespace of the operator, which its bindings name.</summary>
    public const string Namespace = "mock-operator-system";

    /// <summary>Name of the operator's Deployment, and of its account and roles.</summary>
    public const string Name = "mock-operator";

    private const string RuntimeName = "mock-runtime";

    // In the order in which they are applied: what others refer to comes first, what runs last.
    private static readonly ResourceKind[] s_kinds =
    [
        new("", "v1", "Namespace", "namespaces", Namespaced: false),
        new("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", Namespaced: false),
        new("", "v1", "ServiceAccount", "serviceaccounts"),
        new("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", Namespaced: false),
        new("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", Namespaced: false),
        new("rbac.authorization.k8s.io", "v1", "Role", "roles"),
        new("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings"),
        new("apps", "v1", "Deployment", "deployments"),
    ];

    /// <summary>Reads the manifests.</summary>
    /// <param name="images">Names the image of a program: <c>registry.example.com/team/mock-operator:1.2.0</c>; null for the name alone.</param>
    /// <returns>The objects, in the order in which they are applied.</returns>
    public static IReadOnlyList<InstalledObject> Read(Func<string, string>? images = null) =>
    [
        .. typeof(Installation).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith("install/", StringComparison.Ordinal) || name.StartsWith("crd/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(ReadFile)
            .Select(read => images is null ? read : WithImages(read, images))
            .OrderBy(static read => Array.IndexOf(s_kinds, read.Kind)),
    ];

    private static IEnumerable<InstalledObject> ReadFile(string name)
    {
        using var stream = typeof(Installation).Assembly.GetManifestResourceStream(name)!;
        using var text = new StreamReader(stream);
        if (!YamlDocuments.TryRead(text, out var documents, out var problem))
            throw new InvalidDataException($"{name}: {problem}");
        foreach (var document in documents)
        {
            var manifest = JsonNode.Parse(document.Json.Span)!.AsObject();
            var kind = Array.Find(s_kinds, kind => kind.Kind == (string?)manifest["kind"]) ?? throw new InvalidDataException($"{name}: a {manifest["kind"]} is not known to the installation.");
            yield return new InstalledObject(kind, new ObjectKey(kind.Namespaced ? (string?)manifest["metadata"]!["namespace"] ?? Namespace : "", (string)manifest["metadata"]!["name"]!), manifest);
        }
    }

    // Where config/default/images.yaml says that images stand.
    private static InstalledObject WithImages(InstalledObject read, Func<string, string> images)
    {
        if (read.Kind.Kind != "Deployment")
            return read;
        foreach (var container in read.Manifest["spec"]!["template"]!["spec"]!["containers"]!.AsArray())
        {
            container!["image"] = images((string)container["image"]!);
            foreach (var variable in container["env"]?.AsArray() ?? [])
            {
                if ((string?)variable!["value"] == RuntimeName)
                    variable["value"] = images(RuntimeName);
            }
        }

        return read;
    }

    /// <summary>Names images by a registry and a tag.</summary>
    /// <exception cref="CommandException">They name none.</exception>
    public static Func<string, string> Images(string registry, string tag)
    {
        var place = registry.TrimEnd('/');
        return place.Length == 0 || place.Any(static character => char.IsWhiteSpace(character) || char.IsUpper(character)) || place.Contains("://", StringComparison.Ordinal)
            ? throw new CommandException($"'{registry}' is no registry: a host and perhaps a path, such as registry.example.com/team.")
            : tag.Length is 0 or > 128 || !tag.All(static character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_') || tag[0] is '.' or '-'
                ? throw new CommandException($"'{tag}' is no tag of an image.")
                : program => $"{place}/{program}:{tag}";
    }
}
