using MockOperator.Client.Calls;
using MockOperator.Client.Mocks;
using MockOperator.Dashboard.Pages;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Mocks;

/// <summary>What to do with a mock that was just made.</summary>
internal sealed record Made
{
    /// <summary>The mock.</summary>
    public required MockHead Head { get; init; }

    /// <summary>Where it will answer.</summary>
    public required string Url { get; init; }

    /// <summary>Whether it is still on its way.</summary>
    public bool IsOnItsWay => Head.Row.State == MockState.Waiting;

    /// <summary>Where its URL is saved; null for nowhere.</summary>
    public ConfigMapKeyReference? Saved => Head.Mock.Spec?.PublishUrl?.ConfigMap;

    /// <summary>A line that calls it from inside the cluster.</summary>
    public string Curl
    {
        get
        {
            var path = Head.Mock.Spec?.Collection?.Examples is [{ Request.Path: { } first }, ..] ? first : "/";
            var key = Head.Row.IsPrivate ? $" -H {ShellWord.Quote(Head.KeyHeader + ": ", $"$(kubectl mock key {Head.Key.Name} -n {Head.Key.Namespace})")}" : "";
            return $"curl{key} {ShellWord.Quote(Url + path)}";
        }
    }

    /// <summary>Shows it.</summary>
    public static async Task ShowAsync(Visit visit)
    {
        var head = await MockHead.ReadAsync(visit, MockTab.Calls);
        var made = new Made { Head = head, Url = (head.Row.Url ?? $"http://{head.Key.Name}.{head.Key.Namespace}.svc").TrimEnd('/') };
        await visit.ShowAsync($"{head.Row.Title} was made", Section.Mocks, new Mocks_Made { Model = made });
    }
}
