using MockOperator.Client.Collections;
using MockOperator.Client.Documents;
using MockOperator.Client.Naming;
using MockOperator.Dashboard.Pages;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Dashboard.Collections;

/// <summary>A file that becomes a collection, or its new content.</summary>
/// <param name="Key">The collection whose content is replaced; null for a new one.</param>
/// <param name="Namespace">The namespace; empty when it is typed.</param>
/// <param name="Name">The name that was typed.</param>
/// <param name="Problem">What is wrong; null for nothing.</param>
/// <param name="Token">The token of the form.</param>
internal sealed record UploadForm(ObjectKey? Key, string Namespace, string Name, string? Problem, string Token)
{
    /// <summary>Where it is sent.</summary>
    public string Action => Key is { } key ? Links.Collection(key, "content") : Links.NewCollection;

    /// <summary>Shows the form of a new one.</summary>
    public static Task ShowNewAsync(Visit visit) => ShowAsync(visit, new UploadForm(null, visit.Namespace, "", null, visit.NewToken()));

    /// <summary>Stores a new one.</summary>
    public static async Task TakeNewAsync(Visit visit, Form form)
    {
        var (ns, name) = (form["namespace"], form["name"]);
        try
        {
            var document = Read(form);
            if (ns.Length == 0)
                throw new DocumentException("Choose a namespace.");
            var key = new ObjectKey(ns, name.Length > 0 ? name : ObjectName.Of(document.Name));
            if (!DnsLabel.Is(key.Name))
                throw new DocumentException($"Give it a name of small letters, digits and dashes between them, at most {DnsLabel.MaxLength}.");
            await new CollectionStore(visit.Cluster).CreateAsync(key, document, cancellationToken: visit.Ends);
            await visit.GoAsync(Links.With(Links.Collection(key), (Notices.Parameter, "uploaded")));
        }
        catch (Exception e) when (Fault.Of(e) is { IsUnknownCaller: false } fault)
        {
            await ShowAsync(visit, new UploadForm(null, ns, name, fault.Message, visit.NewToken()), fault.Status);
        }
    }

    /// <summary>Shows the form of new content.</summary>
    public static async Task ShowContentAsync(Visit visit)
    {
        await CollectionView.FindAsync(visit);
        await ShowAsync(visit, new UploadForm(visit.Key, visit.Key.Namespace, "", null, visit.NewToken()));
    }

    /// <summary>Replaces the content.</summary>
    public static async Task TakeContentAsync(Visit visit, Form form)
    {
        try
        {
            await CollectionActions.RefuseKeptAsync(visit);
            await new CollectionStore(visit.Cluster).ReplaceAsync(visit.Key, Read(form), visit.Ends);
            await visit.GoAsync(Links.With(Links.Collection(visit.Key), (Notices.Parameter, "replaced")));
        }
        catch (Exception e) when (Fault.Of(e) is { IsUnknownCaller: false } fault)
        {
            await ShowAsync(visit, new UploadForm(visit.Key, visit.Key.Namespace, "", fault.Message, visit.NewToken()), fault.Status);
        }
    }

    private static CollectionDocument Read(Form form) =>
        CollectionDocument.Read(form.File("file") ?? throw new DocumentException("Choose the file that Postman exported."));

    private static Task ShowAsync(Visit visit, UploadForm page, int status = 200) =>
        visit.ShowAsync(page.Key is null ? "Upload a collection" : "Replace the content", Section.Collections, new Collections_Upload { Model = page }, status, page.Key is null ? Links.NewCollection : null);
}
