using System.Net;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;
using MockOperator.PostmanApi.Answers;
using MockOperator.PostmanApi.Finding;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Requests;

namespace MockOperator.PostmanApi.Account;

/// <summary>Who asks, and how many calls of mocks were used of all quotas that they can see.</summary>
internal sealed class AccountOperations(Sight sight)
{
    public async Task GetAsync(ApiCall call)
    {
        var name = call.Caller.Name;
        var quotas = await QuotasAsync(call);
        var person = new AccountAnswer.Person
        {
            Id = PostmanId.OwnerNumber,
            Sub = PostmanId.Of(PostmanKind.Workspace, new("", name)),
            Username = name,
            Email = "",
            FullName = name,
            TeamId = PostmanId.OwnerNumber,
            TeamName = call.Caller.Cluster.Server.Authority,
            TeamDomain = call.Caller.Cluster.Server.Host,
            Roles = ["user"],
        };
        // Without a quota nothing is counted and nothing limited: a limit of 0 would say the opposite.
        await call.AnswerAsync(
            new AccountAnswer(person, quotas.Count == 0 ? [] : [new AccountAnswer.Use("mock_usage", quotas.Sum(quota => quota.Limit), quotas.Sum(quota => quota.Used), 0)]), PostmanJson.Default.AccountAnswer);
    }

    private async Task<IReadOnlyList<(long Limit, long Used)>> QuotasAsync(ApiCall call)
    {
        try
        {
            return await sight.ListAsync<MockQuota, (long Limit, long Used)>(
                call.Caller,
                null,
                static quota => (quota.Status?.Limit ?? quota.Spec?.Calls ?? 0, (quota.Status?.Used ?? 0) + (quota.Status?.Lost ?? 0)),
                call.Aborted);
        }
        catch (ApiException e) when (e.Code == HttpStatusCode.Forbidden)
        {
            // Whoever may see no quota is still told who they are.
            return [];
        }
    }
}
