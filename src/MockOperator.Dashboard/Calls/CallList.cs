using MockOperator.Client.Calls;
using MockOperator.Dashboard.Mocks;
using MockOperator.Dashboard.Pages;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Dashboard.Calls;

/// <summary>The calls of a mock, newest first.</summary>
internal sealed record CallList
{
    /// <summary>Calls of a page.</summary>
    public const int PageSize = 50;

    /// <summary>What calls of the list come with.</summary>
    public const string Included = "nearest";

    /// <summary>The mock.</summary>
    public required ObjectKey Mock { get; init; }

    /// <summary>What the list is filtered by.</summary>
    public required CallChoice Choice { get; init; }

    /// <summary>The calls; null when they could not be asked for.</summary>
    public CallListing? Listing { get; init; }

    /// <summary>Why they could not; null when they could.</summary>
    public string? Trouble { get; init; }

    /// <summary>Whether an example can be made of a call.</summary>
    public required bool CanAdd { get; init; }

    /// <summary>Whether this is the page of the newest calls.</summary>
    public required bool IsNewest { get; init; }

    /// <summary>Shows it.</summary>
    public static async Task ShowAsync(Visit visit)
    {
        var head = await MockHead.ReadAsync(visit, MockTab.Calls);
        var choice = CallChoice.Read(visit);
        var cursor = visit.Query("cursor");
        CallListing? listing = null;
        string? trouble = null;
        try
        {
            using var calls = new MockCalls(visit.Cluster.Api, visit.Key, time: visit.Cluster.Time);
            listing = await calls.ReadAsync(choice.ToFilter(Included), PageSize, cursor.Length == 0 ? null : cursor, visit.Ends);
        }
        catch (ApiException e) when (e.Kind == ApiFailure.Forbidden && e.Code != System.Net.HttpStatusCode.Unauthorized)
        {
            trouble = Fault.Of(e)!.Message;
        }

        var list = new CallList
        {
            Mock = visit.Key,
            Choice = choice,
            Listing = listing,
            Trouble = trouble,
            CanAdd = head.Row.Collection is not null,
            IsNewest = cursor.Length == 0,
        };
        await head.ShowAsync(visit, new Calls_List { Model = list });
    }
}
