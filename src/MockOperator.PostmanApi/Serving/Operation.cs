using MockOperator.PostmanApi.Requests;

namespace MockOperator.PostmanApi.Serving;

/// <summary>An operation of the API.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path, as a route.</param>
/// <param name="Answer">Answers a request.</param>
internal sealed record Operation(string Method, string Path, Func<ApiCall, Task> Answer)
{
    /// <summary>Whether it is one of those that have a limit of their own.</summary>
    public bool IsDear { get; init; }

    /// <summary>Whether its 400 is <c>application/problem+json</c>, as Postman describes it.</summary>
    public bool BadRequestsAreProblems { get; init; }

    /// <summary>Whether its 404 is.</summary>
    public bool NotFoundIsProblem { get; init; }
}
