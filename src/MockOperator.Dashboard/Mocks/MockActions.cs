using MockOperator.Client.Mocks;
using MockOperator.Client.Ownership;
using MockOperator.Dashboard.Pages;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Dashboard.Mocks;

/// <summary>What is done with a mock by one button.</summary>
internal static class MockActions
{
    /// <summary>Shows how it is.</summary>
    public static async Task ShowStatusAsync(Visit visit)
    {
        var head = await MockHead.ReadAsync(visit, MockTab.Status);
        await head.ShowAsync(visit, new Mocks_Status { Model = (head, visit.Now) }, "Status");
    }

    /// <summary>Shows the object.</summary>
    public static async Task ShowYamlAsync(Visit visit)
    {
        var head = await MockHead.ReadAsync(visit, MockTab.Yaml);
        await head.ShowAsync(visit, new Mocks_YamlView { Model = MockHead.Yaml(visit, head.Mock) }, "YAML");
    }

    /// <summary>Asks whether to delete it.</summary>
    public static async Task AskDeleteAsync(Visit visit)
    {
        var head = await MockHead.ReadAsync(visit, MockTab.Settings);
        await visit.ShowAsync($"Delete {head.Row.Title}", Section.Mocks, new Mocks_Delete { Model = head });
    }

    /// <summary>Deletes it.</summary>
    public static async Task DeleteAsync(Visit visit, Form form)
    {
        await RefuseKeptAsync(visit);
        await new MockEditor(visit.Cluster).DeleteAsync(visit.Key, visit.Ends);
        await visit.GoAsync(Links.With(Links.Mocks, (Notices.Parameter, "deleted")));
    }

    /// <summary>Pauses it.</summary>
    public static Task PauseAsync(Visit visit, Form form) => SetAsync(visit, isPaused: true, "paused");

    /// <summary>Lets it answer again, with the pods that it had.</summary>
    public static Task ResumeAsync(Visit visit, Form form) => SetAsync(visit, isPaused: false, "resumed");

    /// <summary>Refuses to change what somebody keeps as a repository says.</summary>
    /// <exception cref="Client.Documents.DocumentException">Somebody does.</exception>
    public static async Task RefuseKeptAsync(Visit visit)
    {
        if (Kept.Why(GitOpsOwner.Of((await MockHead.FindAsync(visit)).Metadata)) is { } why)
            throw new Client.Documents.DocumentException(why);
    }

    private static async Task SetAsync(Visit visit, bool isPaused, string done)
    {
        await RefuseKeptAsync(visit);
        ObjectKey key = visit.Key;
        await new MockEditor(visit.Cluster).EditAsync(key, new MockEdit { Paused = isPaused }, cancellationToken: visit.Ends);
        await visit.GoAsync(Links.With(Links.Mock(key), (Notices.Parameter, done)));
    }
}
