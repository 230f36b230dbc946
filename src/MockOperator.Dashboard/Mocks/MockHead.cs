using MockOperator.Client.Calls;
using MockOperator.Client.Mocks;
using MockOperator.Client.Ownership;
using MockOperator.Dashboard.Access;
using MockOperator.Dashboard.Pages;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Mocks;

/// <summary>The head of every page of a mock: how it is, where it answers, what can be done with it.</summary>
internal sealed record MockHead
{
    /// <summary>The mock.</summary>
    public required MockServer Mock { get; init; }

    /// <summary>Which of its pages is shown.</summary>
    public required MockTab Tab { get; init; }

    /// <summary>Its row in the list.</summary>
    public required MockRow Row { get; init; }

    /// <summary>Who keeps it as a repository says; null when nobody does.</summary>
    public GitOpsOwner? Owner { get; init; }

    /// <summary>Why it cannot be edited here; null when it can.</summary>
    public string? CannotEdit { get; init; }

    /// <summary>Why it cannot be deleted here; null when it can.</summary>
    public string? CannotDelete { get; init; }

    /// <summary>The token of forms.</summary>
    public required string Token { get; init; }

    /// <summary>The mock's key.</summary>
    public ObjectKey Key => Row.Key;

    /// <summary>What it serves, in a sentence.</summary>
    public string Sentence
    {
        get
        {
            var status = Mock.Status;
            var text = status?.ExampleCount is { } count ? Show.Count(count, "example") : "The examples";
            text += Row.Collection is { } collection ? $" of {collection} {Row.Version}" : " of its own";
            if (Row.Environment is { } environment)
                text += $", environment {environment}";
            if (Row.State == MockState.Paused)
                return text + ", paused";
            var (pods, acknowledged) = (status?.Replicas ?? 0, status?.AcknowledgedReplicas ?? 0);
            return pods == 0 ? text + ", no pods yet"
                : acknowledged == pods ? $"{text}, served by {Show.Count(pods, "pod")}{(pods > 1 ? " at the same revision" : "")}"
                : $"{text}, served by {Show.Count(acknowledged)} of {Show.Count(pods, "pod")} at this revision";
        }
    }

    /// <summary>The header that carries a key.</summary>
    public string KeyHeader => Mock.Spec?.ApiKeys?.Header ?? ApiKeyRules.DefaultHeader;

    /// <summary>A curl line that reaches it.</summary>
    public string? Curl => Row.Url is not { } url ? null
        : Row.IsPrivate ? $"curl -H {ShellWord.Quote(KeyHeader + ": ", "$KEY")} {ShellWord.Quote(url)}" : $"curl {ShellWord.Quote(url)}";

    /// <summary>Reads the mock that an address names, and what the caller may do with it.</summary>
    /// <param name="visit">The request.</param>
    /// <param name="tab">The page.</param>
    /// <exception cref="ApiException">There is none, or it may not be read.</exception>
    public static async Task<MockHead> ReadAsync(Visit visit, MockTab tab)
    {
        var key = visit.Key;
        var (edit, delete) = (Act.EditMock(key.Namespace), Act.DeleteMock(key.Namespace));
        var asked = visit.MissingAsync(edit, delete);
        var mock = await FindAsync(visit);
        var missing = await asked;
        var owner = GitOpsOwner.Of(mock.Metadata);
        return new MockHead
        {
            Mock = mock,
            Tab = tab,
            Row = MockRow.Of(ListedMock.Of(mock)),
            Owner = owner,
            CannotEdit = Kept.Why(owner) ?? (missing.Contains(edit) ? $"You may not edit mock servers in {key.Namespace}: what is missing is the right {edit}." : null),
            CannotDelete = Kept.Why(owner) ?? (missing.Contains(delete) ? $"You may not delete mock servers in {key.Namespace}: what is missing is the right {delete}." : null),
            Token = visit.NewToken(),
        };
    }

    /// <summary>Reads the mock that an address names.</summary>
    public static async Task<MockServer> FindAsync(Visit visit) =>
        await visit.Cluster.Api.GetAsync<MockServer>(visit.Key, visit.Ends) ?? throw Missing.Of(visit.Key, "mock server");

    /// <summary>A page of the mock.</summary>
    public Task ShowAsync(Visit visit, RazorSlices.RazorSlice body, string? title = null, int status = 200) =>
        visit.ShowAsync(title is null ? Row.Title : $"{title} · {Row.Title}", Section.Mocks, new Mocks_Frame { Model = (this, body) }, status);

    /// <summary>An object without what only the server reads, as YAML.</summary>
    public static string Yaml(Visit visit, MockServer mock)
    {
        mock.Metadata.ManagedFields = null;
        mock.ApiVersion = ResourceKind.Of<MockServer>().ApiVersion;
        mock.Kind = MockServer.KubeKind;
        return visit.Site.Yaml(Json.Of(mock));
    }
}
