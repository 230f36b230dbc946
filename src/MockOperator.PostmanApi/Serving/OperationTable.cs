using MockOperator.PostmanApi.CallLogs;
using MockOperator.PostmanApi.Finding;
using MockOperator.PostmanApi.Mocks;
using MockOperator.PostmanApi.ServerResponses;

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
        ];
    }
}
