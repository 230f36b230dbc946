namespace MockOperator.Dashboard.Access;

/// <summary>Something that somebody may or may not do, as RBAC says it.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Subresource">The subresource; null for none.</param>
/// <param name="Namespace">The namespace; empty for all.</param>
internal sealed record Act(string Verb, string Group, string Resource, string? Subresource, string Namespace)
{
    private const string Ours = "mockoperator.dev";

    /// <summary>Making mocks.</summary>
    public static Act CreateMock(string ns) => new("create", Ours, "mockservers", null, ns);

    /// <summary>Editing mocks.</summary>
    public static Act EditMock(string ns) => new("patch", Ours, "mockservers", null, ns);

    /// <summary>Deleting mocks.</summary>
    public static Act DeleteMock(string ns) => new("delete", Ours, "mockservers", null, ns);

    /// <summary>Making collections.</summary>
    public static Act CreateCollection(string ns) => new("create", Ours, "collections", null, ns);

    /// <summary>Editing collections.</summary>
    public static Act EditCollection(string ns) => new("patch", Ours, "collections", null, ns);

    /// <summary>Deleting collections.</summary>
    public static Act DeleteCollection(string ns) => new("delete", Ours, "collections", null, ns);

    /// <summary>Reading the calls of mocks.</summary>
    public static Act ReadCalls(string ns) => new("create", "", "pods", "portforward", ns);

    /// <summary>The right as people write it.</summary>
    public override string ToString()
    {
        var resource = Subresource is null ? Resource : $"{Resource}/{Subresource}";
        return $"{Verb} on {resource}{(Group.Length > 0 ? "." : "")}{Group}";
    }
}
