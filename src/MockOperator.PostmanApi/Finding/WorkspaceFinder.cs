using MockOperator.Client.Naming;
using MockOperator.PostmanApi.Callers;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Identity;

namespace MockOperator.PostmanApi.Finding;

/// <summary>From what clients call a workspace to the namespace that it is: by id, or by the namespace's own name.</summary>
internal sealed class WorkspaceFinder(Sight sight)
{
    /// <summary>Finds it.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="workspace">Id or name.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The namespace, which need not be there; null when nothing can be one.</returns>
    public async Task<string?> FindAsync(Caller caller, string workspace, CancellationToken cancellationToken)
    {
        if (PostmanId.Read(workspace) is { } id)
        {
            var (names, _) = await sight.NamespacesAsync(caller, cancellationToken);
            if (names.FirstOrDefault(name => PostmanId.OfWorkspace(name) == id) is { } known)
                return known;
        }

        return DnsLabel.Is(workspace) ? workspace : null;
    }

    /// <summary>The namespace that something is made in: the one that is named, or the caller's own.</summary>
    /// <exception cref="PostmanException">What is named can be no namespace.</exception>
    public async Task<string> ForNewAsync(Caller caller, string? workspace, CancellationToken cancellationToken) =>
        workspace is null ? caller.Home : await FindAsync(caller, workspace, cancellationToken) ?? throw new PostmanException(KnownErrors.NoSuchWorkspace);
}
