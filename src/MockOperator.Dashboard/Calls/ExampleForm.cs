using MockOperator.Client.Collections;
using MockOperator.Client.Documents;
using MockOperator.Client.Ownership;
using MockOperator.Dashboard.Mocks;
using MockOperator.Dashboard.Pages;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Calls;

/// <summary>A call becomes an example of the collection that its mock serves: typed, shown as a change, then made.</summary>
internal sealed record ExampleForm
{
    private const int MostLines = 400;

    /// <summary>The mock.</summary>
    public required ObjectKey Mock { get; init; }

    /// <summary>Id of the call.</summary>
    public required string Id { get; init; }

    /// <summary>The collection that gets it.</summary>
    public required ObjectKey Collection { get; init; }

    /// <summary>Name of the example.</summary>
    public required string Name { get; init; }

    /// <summary>What was typed.</summary>
    public required TypedExample Example { get; init; }

    /// <summary>What is wrong; null for nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>The change; null before it was asked for.</summary>
    public LineDifference? Diff { get; init; }

    /// <summary>A version that the mock serves, which stays as it is; null when it serves the current content.</summary>
    public string? Version { get; init; }

    /// <summary>The token of the form.</summary>
    public required string Token { get; init; }

    /// <summary>Shows the form with what the call tells.</summary>
    public static async Task ShowAsync(Visit visit)
    {
        var mock = await MockHead.FindAsync(visit);
        var call = (await CallView.FindAsync(visit)).Call;
        var example = new TypedExample(call.Request.Method, call.Request.Path, Outcomes.IsMiss(call) ? "200" : call.Response.Status.ToString(), Outcomes.IsMiss(call) ? "" : call.Response.Body?.Text ?? "");
        await ShowAsync(visit, Of(visit, mock, example.SuggestedName, example));
    }

    /// <summary>Shows the change, or makes it.</summary>
    public static async Task TakeAsync(Visit visit, Form form)
    {
        var mock = await MockHead.FindAsync(visit);
        var page = Of(visit, mock, form["example"], new TypedExample(form["method"], form["path"], form["status"], form.Raw("body")));
        if (form["do"] == "edit")
        {
            await ShowAsync(visit, page);
            return;
        }

        if (page.Name.Length == 0 || page.Example.ToSpec(page.Name, out var problem) is not { } example)
        {
            await ShowAsync(visit, page with { Problem = page.Name.Length == 0 ? "Give the example a name: it is shown in the list of calls." : page.Example.ToSpec(page.Name, out problem) is null ? problem : null }, 422);
            return;
        }

        try
        {
            var collection = await visit.Cluster.Api.GetAsync<Collection>(page.Collection, visit.Ends) ?? throw Missing.Of(page.Collection, "collection");
            if (Kept.Why(GitOpsOwner.Of(collection.Metadata)) is { } why)
                throw new DocumentException($"The collection {page.Collection.Name} cannot be changed here. {why}");
            var change = await new CollectionStore(visit.Cluster).AddExampleAsync(page.Collection, example, dryRun: form["do"] != "add", visit.Ends);
            if (form["do"] == "add")
                await visit.GoAsync(Links.With(Links.Mock(visit.Key), (Notices.Parameter, "added")));
            else
                await ShowAsync(visit, page with { Diff = LineDifference.Of(change.Before, change.After).AtMost(MostLines) });
        }
        catch (Exception e) when (Fault.Of(e) is { IsUnknownCaller: false } fault)
        {
            await ShowAsync(visit, page with { Problem = fault.Message }, fault.Status);
        }
    }

    private static Task ShowAsync(Visit visit, ExampleForm page, int status = 200) => visit.ShowAsync("Add as example", Section.Mocks, new Calls_Example { Model = page }, status);

    private static ExampleForm Of(Visit visit, MockServer mock, string name, TypedExample example)
    {
        var reference = mock.Spec?.CollectionRef
            ?? throw new DocumentException($"The examples of {mock.Metadata.Name} are its own: they stand in the mock server itself, not in a collection. Add the example to its manifest.");
        return new ExampleForm
        {
            Mock = visit.Key,
            Id = visit.Route("id"),
            Collection = visit.Key with { Name = reference.Name },
            Name = name,
            Example = example,
            Version = reference.Version is null or CollectionSpec.CurrentVersion ? null : reference.Version,
            Token = visit.NewToken(),
        };
    }
}
