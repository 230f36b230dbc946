using MockOperator.Client.Documents;
using MockOperator.Client.Mocks;
using MockOperator.Client.Ownership;
using MockOperator.Dashboard.Mocks;
using MockOperator.Dashboard.Pages;

namespace MockOperator.Dashboard.Responses;

/// <summary>The server responses of a mock: which there are, which one is active, and one that is written or removed.</summary>
internal static class ResponsePages
{
    private const string Responses = "/mocks/{namespace}/{name}/responses";

    /// <summary>Maps them.</summary>
    public static void Map(Door door)
    {
        door.Get(Responses, ShowAsync);
        door.Get(Responses + "/edit", ResponseForm.ShowAsync);
        door.Post(Responses + "/edit", ResponseForm.TakeAsync);
        door.Post(Responses + "/activate", ActivateAsync);
        door.Get(Responses + "/remove", AskRemoveAsync);
        door.Post(Responses + "/remove", RemoveAsync);
    }

    /// <summary>The pages' own address.</summary>
    public static string Address(Visit visit) => Links.Mock(visit.Key, "responses");

    /// <summary>The name that an address has, with every blank of it; empty for none.</summary>
    public static string NameOf(Visit visit) => visit.Http.Request.Query["response"].ToString();

    /// <summary>Refuses to change what somebody keeps as a repository says.</summary>
    /// <exception cref="DocumentException">Somebody does.</exception>
    public static void RefuseKept(Kinds.MockServer mock)
    {
        if (Kept.Why(GitOpsOwner.Of(mock.Metadata)) is { } why)
            throw new DocumentException(why);
    }

    private static async Task ShowAsync(Visit visit)
    {
        var head = await MockHead.ReadAsync(visit, MockTab.Responses);
        await head.ShowAsync(visit, new Responses_List { Model = head }, "Server responses");
    }

    private static async Task ActivateAsync(Visit visit, Form form)
    {
        var name = form.Raw("response");
        await EditAsync(visit, _ => new MockEdit { RespondWith = name });
        await visit.GoAsync(Links.With(Address(visit), (Notices.Parameter, name.Length == 0 ? "normal" : "responds")));
    }

    private static async Task AskRemoveAsync(Visit visit)
    {
        var head = await MockHead.ReadAsync(visit, MockTab.Responses);
        var response = ServerResponses.Find(head.Mock, NameOf(visit)) ?? throw Missing.Of(visit.Key, "server response of that name in the mock server");
        await visit.ShowAsync($"Remove {response.Name}", Section.Mocks, new Responses_Remove { Model = (head, response.Name) });
    }

    private static async Task RemoveAsync(Visit visit, Form form)
    {
        await EditAsync(visit, mock => ServerResponses.Remove(mock, form.Raw("response")));
        await visit.GoAsync(Links.With(Address(visit), (Notices.Parameter, "response-removed")));
    }

    private static Task<Kinds.MockServer> EditAsync(Visit visit, Func<Kinds.MockServer, MockEdit> edit) => new MockEditor(visit.Cluster).ChangeAsync(
        visit.Key,
        mock =>
        {
            RefuseKept(mock);
            return edit(mock);
        },
        cancellationToken: visit.Ends);
}
