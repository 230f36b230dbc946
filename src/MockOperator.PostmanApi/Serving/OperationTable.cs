using MockOperator.PostmanApi.Finding;
using MockOperator.PostmanApi.Mocks;

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
        return
        [
            new("GET", "/mocks", mocks.ListAsync),
            new("POST", "/mocks", mocks.CreateAsync) { BadRequestsAreProblems = true },
            new("GET", "/mocks/{mockId}", mocks.GetAsync),
            new("PUT", "/mocks/{mockId}", mocks.UpdateAsync),
            new("DELETE", "/mocks/{mockId}", mocks.DeleteAsync),
            new("POST", "/mocks/{mockId}/publish", mocks.PublishAsync),
            new("DELETE", "/mocks/{mockId}/unpublish", mocks.UnpublishAsync),
        ];
    }
}
