using System.Text.RegularExpressions;

namespace MockOperator.Testing;

/// <summary>A request as RBAC sees it.</summary>
/// <param name="User">Who asks.</param>
/// <param name="Verb">get, list, watch, create, update, patch, delete.</param>
/// <param name="Group">The API group; empty for the core.</param>
/// <param name="Resource">The plural.</param>
/// <param name="Subresource">Such as <c>portforward</c>; null for none.</param>
/// <param name="Namespace">The namespace; null for the whole cluster.</param>
/// <param name="Name">The object; null for a list or a create.</param>
public sealed record PlayedRequest(string User, string Verb, string Group, string Resource, string? Subresource, string? Namespace, string? Name)
{
    private static readonly Regex s_path = new("^(?:api/v1|apis/(?<group>[^/]+)/[^/]+)(?:/namespaces/(?<ns>[^/]+)(?=/))?/(?<resource>[^/]+)(?:/(?<name>[^/]+))?(?:/(?<sub>[^/]+))?$", RegexOptions.ExplicitCapture);

    /// <summary>Reads a path and a method; null for what is no resource.</summary>
    internal static PlayedRequest? Read(string user, string method, string path, bool isWatch)
    {
        if (s_path.Match(path.Trim('/')) is not { Success: true } match)
            return null;
        var name = Text(match, "name");
        var verb = method switch
        {
            "GET" when isWatch => "watch",
            "GET" => name is null ? "list" : "get",
            "POST" => "create",
            "PUT" => "update",
            "PATCH" => "patch",
            "DELETE" => "delete",
            _ => method,
        };
        return new PlayedRequest(user, verb, Text(match, "group") ?? "", Text(match, "resource")!, Text(match, "sub"), Text(match, "ns"), name);
    }

    /// <summary>As tests compare it: <c>verb resource[/sub] [namespace/][name]</c>.</summary>
    public override string ToString() => $"{Verb} {Resource}{(Subresource is null ? "" : "/" + Subresource)}{(Namespace is null && Name is null ? "" : $" {Namespace}/{Name}")}";

    /// <summary>As API servers word a refusal.</summary>
    internal string Forbidden() =>
        $"{Resource}{(Group == "" ? "" : "." + Group)}{(Name is null ? "" : $" \"{Name}\"")} is forbidden: User \"{User}\" cannot {Verb} resource \"{Resource}{(Subresource is null ? "" : "/" + Subresource)}\" in API group \"{Group}\" "
        + (Namespace is null ? "at the cluster scope" : $"in the namespace \"{Namespace}\"");

    private static string? Text(Match match, string group) => match.Groups[group] is { Success: true } found ? found.Value : null;
}
