using MockOperator.Client.Collections;
using MockOperator.Client.Documents;
using MockOperator.Client.Ownership;
using MockOperator.Dashboard.Pages;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Collections;

/// <summary>What is done with a collection by one button.</summary>
internal static class CollectionActions
{
    /// <summary>Sends it as Postman reads it.</summary>
    public static async Task ExportAsync(Visit visit)
    {
        var version = visit.Query("version");
        var document = await new CollectionStore(visit.Cluster).ExportAsync(visit.Key, version.Length == 0 || version == CollectionSpec.CurrentVersion ? null : version, visit.Ends)
            ?? throw Missing.Of(visit.Key, "collection");
        visit.Http.Response.ContentType = "application/json";
        visit.Http.Response.Headers.ContentDisposition = $"attachment; filename=\"{Show.FileName(visit.Key.Name)}.postman_collection.json\"";
        await visit.Http.Response.Body.WriteAsync(document, visit.Ends);
    }

    /// <summary>Freezes the current content.</summary>
    public static async Task TagAsync(Visit visit, Form form)
    {
        try
        {
            await RefuseKeptAsync(visit);
            await new CollectionStore(visit.Cluster).TagAsync(visit.Key, form["tag"], visit.Ends);
        }
        catch (Exception e) when (Fault.Of(e) is { IsUnknownCaller: false } fault)
        {
            await CollectionView.ShowAsync(visit, (form["tag"], fault.Message), fault.Status);
            return;
        }

        await visit.GoAsync(Links.With(Links.Collection(visit.Key), (Notices.Parameter, "tagged")));
    }

    /// <summary>Asks whether to delete it.</summary>
    public static async Task AskDeleteAsync(Visit visit)
    {
        var collection = await CollectionView.FindAsync(visit);
        var title = DisplayName.Of(collection.Metadata);
        await visit.ShowAsync($"Delete {title}", Section.Collections, new Collections_Delete { Model = (visit.Key, title, Kept.Why(GitOpsOwner.Of(collection.Metadata)), visit.NewToken()) });
    }

    /// <summary>Deletes it.</summary>
    public static async Task DeleteAsync(Visit visit, Form form)
    {
        await RefuseKeptAsync(visit);
        await new CollectionStore(visit.Cluster).DeleteAsync(visit.Key, visit.Ends);
        await visit.GoAsync(Links.With(Links.Collections, (Notices.Parameter, "collection-deleted")));
    }

    /// <summary>Refuses to change what somebody keeps as a repository says.</summary>
    /// <exception cref="DocumentException">Somebody does.</exception>
    public static async Task RefuseKeptAsync(Visit visit)
    {
        if (Kept.Why(GitOpsOwner.Of((await CollectionView.FindAsync(visit)).Metadata)) is { } why)
            throw new DocumentException(why);
    }
}
