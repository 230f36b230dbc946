using MockOperator.PostmanApi.Account;
using MockOperator.PostmanApi.CallLogs;
using MockOperator.PostmanApi.Collections;
using MockOperator.PostmanApi.Environments;
using MockOperator.PostmanApi.Finding;
using MockOperator.PostmanApi.Mocks;
using MockOperator.PostmanApi.ServerResponses;
using MockOperator.PostmanApi.Workspaces;

namespace MockOperator.PostmanApi.Serving;

/// <summary>All operations, at Postman's paths.</summary>
internal static class OperationTable
{
    public static IReadOnlyList<Operation> Create()
    {
        var sight = new Sight(new Whereabouts());
        var workspaces = new WorkspaceFinder(sight);
        var references = new References(sight);
        var mocks = new MockOperations(sight, workspaces, references);
        var responses = new ServerResponseOperations(references);
        var logs = new CallLogOperations(references);
        var collections = new CollectionOperations(sight, workspaces, references);
        var environments = new EnvironmentOperations(sight, workspaces, references);
        var spaces = new WorkspaceOperations(sight, workspaces, references);
        return
        [
            new("GET", "/mocks", mocks.ListAsync),
            new("POST", "/mocks", mocks.CreateAsync) { BadRequestsAreProblems = true },
            new("GET", "/mocks/{mockId}", mocks.GetAsync),
            new("PUT", "/mocks/{mockId}", mocks.UpdateAsync),
            new("DELETE", "/mocks/{mockId}", mocks.DeleteAsync),
            new("POST", "/mocks/{mockId}/publish", mocks.PublishAsync),
            new("DELETE", "/mocks/{mockId}/unpublish", mocks.UnpublishAsync),
            new("GET", "/mocks/{mockId}/call-logs", logs.ListAsync),
            new("GET", "/mocks/{mockId}/server-responses", responses.ListAsync),
            new("POST", "/mocks/{mockId}/server-responses", responses.CreateAsync) { BadRequestsAreProblems = true },
            new("GET", "/mocks/{mockId}/server-responses/{serverResponseId}", responses.GetAsync),
            new("PUT", "/mocks/{mockId}/server-responses/{serverResponseId}", responses.UpdateAsync) { BadRequestsAreProblems = true },
            new("DELETE", "/mocks/{mockId}/server-responses/{serverResponseId}", responses.DeleteAsync),
            new("GET", "/collections", collections.ListAsync) { IsDear = true },
            new("POST", "/collections", collections.CreateAsync),
            new("GET", "/collections/{collectionId}", collections.GetAsync) { BadRequestsAreProblems = true },
            new("PUT", "/collections/{collectionId}", collections.ReplaceAsync) { BadRequestsAreProblems = true, NotFoundIsProblem = true },
            new("PATCH", "/collections/{collectionId}", collections.PatchAsync) { NotFoundIsProblem = true },
            new("DELETE", "/collections/{collectionId}", collections.DeleteAsync) { NotFoundIsProblem = true },
            new("GET", "/environments", environments.ListAsync) { NotFoundIsProblem = true },
            new("POST", "/environments", environments.CreateAsync) { BadRequestsAreProblems = true, NotFoundIsProblem = true },
            new("GET", "/environments/{environmentId}", environments.GetAsync) { BadRequestsAreProblems = true },
            new("PUT", "/environments/{environmentId}", environments.ReplaceAsync) { BadRequestsAreProblems = true, NotFoundIsProblem = true },
            new("PATCH", "/environments/{environmentId}", environments.PatchAsync) { BadRequestsAreProblems = true, NotFoundIsProblem = true },
            new("DELETE", "/environments/{environmentId}", environments.DeleteAsync) { NotFoundIsProblem = true },
            new("GET", "/workspaces", spaces.ListAsync) { IsDear = true },
            new("GET", "/workspaces/{workspaceId}", spaces.GetAsync) { IsDear = true },
            new("GET", "/me", new AccountOperations(sight).GetAsync),
        ];
    }
}
