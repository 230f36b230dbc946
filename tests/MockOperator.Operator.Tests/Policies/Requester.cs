namespace MockOperator.Operator.Tests.Policies;

/// <summary>Somebody who asks the API server for something, with rights as RBAC gives them: <c>get secrets</c>, <c>get secrets/mine</c>, <c>create networking.k8s.io/ingresses</c>.</summary>
internal sealed record Requester(string Name, params string[] Rights)
{
    public static Requester Operator { get; } = new("system:serviceaccount:mock-operator-system:mock-operator");

    public bool May(string verb, string group, string resource, string name)
    {
        string what = $"{verb} {(group.Length == 0 ? "" : group + "/")}{resource}";
        return Rights.Contains(what, StringComparer.Ordinal) || (name.Length > 0 && Rights.Contains($"{what}/{name}", StringComparer.Ordinal));
    }
}
