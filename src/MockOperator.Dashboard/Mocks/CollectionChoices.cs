using MockOperator.Dashboard.Pages;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Dashboard.Mocks;

/// <summary>The collections of a namespace, to choose one from.</summary>
/// <param name="Names">Their names, at most <see cref="Most"/>.</param>
/// <param name="AreAll">Whether there are no others.</param>
internal sealed record CollectionChoices(IReadOnlyList<string> Names, bool AreAll)
{
    /// <summary>Most collections that are offered.</summary>
    public const int Most = 500;

    /// <summary>Reads those that the caller sees.</summary>
    /// <param name="visit">The request.</param>
    /// <param name="ns">The namespace; empty when it is still to be typed.</param>
    /// <returns>The choices; null when they cannot be listed.</returns>
    public static async Task<CollectionChoices?> ReadAsync(Visit visit, string ns)
    {
        if (ns.Length == 0)
            return null;
        try
        {
            var page = await visit.Cluster.Api.ListPageAsync<MetadataOf<Collection>>(new ListQuery { Namespace = ns, Limit = Most }, visit.Ends);
            return new CollectionChoices([.. page.Items.Select(static one => one.Metadata.Name)], page.Continue is null);
        }
        catch (ApiException e) when (e.Kind is ApiFailure.Forbidden or ApiFailure.NotFound && e.Code != System.Net.HttpStatusCode.Unauthorized)
        {
            return null;
        }
    }
}
