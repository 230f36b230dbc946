using MockOperator.Client.Documents;
using MockOperator.Resources;

namespace MockOperator.Client.Mocks;

/// <summary>What is changed of the Ingress that leads to a mock, which is made if there is none. What is null stays as it is; an empty text is the default.</summary>
public sealed record IngressEdit
{
    /// <summary>The edit that takes the Ingress away.</summary>
    public static IngressEdit None { get; } = new() { IsRemoved = true };

    /// <summary>Whether the Ingress goes; then nothing else counts.</summary>
    public bool IsRemoved { get; init; }

    /// <inheritdoc cref="IngressSpec.Host"/>
    public string? Host { get; init; }

    /// <inheritdoc cref="IngressSpec.Path"/>
    public string? Path { get; init; }

    /// <inheritdoc cref="IngressSpec.ClassName"/>
    public string? ClassName { get; init; }

    /// <exception cref="DocumentException">There is no Ingress that could be changed, and the edit does not say that one is to be made.</exception>
    internal IngressSpec? Apply(IngressSpec? before)
    {
        if (IsRemoved)
            return null;
        if (before is null && Host is null)
            throw new DocumentException("spec.ingress: the mock has no Ingress whose path or class could be changed. Give it a host as well, which makes one.");
        var was = before ?? new IngressSpec();
        var after = was with
        {
            Host = Chosen.Of(was.Host, Host, ""),
            Path = Chosen.Of(was.Path, Path is "" ? "/" : Path, "/"),
            ClassName = Chosen.Of(was.ClassName, ClassName, ""),
        };
        return before is not null && after == was ? before : after;
    }
}
