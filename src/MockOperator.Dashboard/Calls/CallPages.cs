using MockOperator.Client.Calls;
using MockOperator.Dashboard.Mocks;
using MockOperator.Dashboard.Pages;

namespace MockOperator.Dashboard.Calls;

/// <summary>The pages of calls.</summary>
internal static class CallPages
{
    private const string Mock = "/mocks/{namespace}/{name}";
    private const string Calls = Mock + "/calls";

    /// <summary>Maps them.</summary>
    public static void Map(Door door)
    {
        door.Get(Mock, CallList.ShowAsync);
        door.Get(Calls, visit => visit.GoAsync(Links.Mock(visit.Key)));
        door.Get(Calls + "/live", CallLive.FollowAsync);
        door.Get(Calls + "/export", CallExport.SendAsync);
        door.Get(Calls + "/clear", AskClearAsync);
        door.Post(Calls + "/clear", ClearAsync);
        door.Get(Calls + "/{id}", CallView.ShowAsync);
        door.Get(Calls + "/{id}/request-body", visit => CallView.SendBodyAsync(visit, CallSide.Request));
        door.Get(Calls + "/{id}/response-body", visit => CallView.SendBodyAsync(visit, CallSide.Response));
        door.Post(Calls + "/{id}/delete", ForgetAsync);
        door.Get(Calls + "/{id}/add-example", ExampleForm.ShowAsync);
        door.Post(Calls + "/{id}/add-example", ExampleForm.TakeAsync);
    }

    private static async Task AskClearAsync(Visit visit)
    {
        var head = await MockHead.ReadAsync(visit, MockTab.Calls);
        await visit.ShowAsync($"Forget all calls of {head.Row.Title}", Section.Mocks, new Calls_Clear { Model = (head, head.Token) });
    }

    private static async Task ClearAsync(Visit visit, Form form)
    {
        using var calls = new MockCalls(visit.Cluster.Api, visit.Key, time: visit.Cluster.Time);
        var asked = await calls.ForgetAsync(visit.Ends);
        await visit.GoAsync(Links.With(Links.Mock(visit.Key), (Notices.Parameter, asked.Value > 0 ? "cleared" : null)));
    }

    private static async Task ForgetAsync(Visit visit, Form form)
    {
        using var calls = new MockCalls(visit.Cluster.Api, visit.Key, time: visit.Cluster.Time);
        await calls.ForgetAsync(visit.Route("id"), visit.Ends);
        await visit.GoAsync(Links.With(Links.Mock(visit.Key), (Notices.Parameter, "call-deleted")));
    }
}
