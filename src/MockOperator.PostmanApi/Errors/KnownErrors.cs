namespace MockOperator.PostmanApi.Errors;

/// <summary>The errors of Postman's API, in its own words where it has words for them.</summary>
internal static class KnownErrors
{
    public static PostmanError MissingKey { get; } = new(401, "AuthenticationError", "An API key must be provided in the request header or query string");

    public static PostmanError InvalidKey { get; } = new(401, "AuthenticationError", "Invalid API Key. Every request requires a valid API Key to be sent.");

    /// <summary>The key is right; what the kubeconfig has for the cluster is not, or no more.</summary>
    public static PostmanError StaleCredentials { get; } = new(401, "AuthenticationError", "The cluster does not accept the credentials of the kubeconfig. Log in again where they come from.");

    public static PostmanError Forbidden(string why) => new(403, "forbiddenError", $"You do not have enough permissions to perform this action. {why}");

    public static PostmanError UnknownHost { get; } = new(421, "misdirectedRequestError", "This API answers only to the address that it was started for: localhost.");

    public static PostmanError NoSuchOperation { get; } = new(404, "notFoundError", "There is no such operation here. GET /openapi.json describes those that there are.");

    public static PostmanError RateLimited(TimeSpan wait) => new(429, "rateLimited", "Rate limit exceeded. Please retry after some time.") { Problem = "rate-limit-exceeded", RetryAfter = wait };

    public static PostmanError MissingBody { get; } = new(400, "malformedRequestError", "Request body is required");

    public static PostmanError Malformed(string message) => new(400, "malformedRequestError", message);

    public static PostmanError MissingParameter(params string[] names) => new(400, "paramMissingError", "Parameter is missing in the request.") { Parameters = names };

    public static PostmanError InvalidParameter(string name, string message) => new(400, "invalidParamsError", $"Invalid value for parameter: {name}. {message}") { Parameters = [name] };

    public static PostmanError InvalidCursor { get; } = new(400, "badRequestError", "Invalid cursor");

    public static PostmanError TooLarge(long most) => new(413, "payloadTooLargeError", $"Request size limit exceeded: at most {most} bytes.");

    public static PostmanError Busy { get; } =
        new(429, "rateLimited", "Too many large requests are being read. Please retry after some time.") { Problem = "too-many-requests", RetryAfter = TimeSpan.FromSeconds(5) };

    public static PostmanError EmptyMockUpdate { get; } =
        new(400, "paramMissingError", "At least one parameter must be provided.") { Parameters = ["environment", "private", "name", "config", "collection"], ParametersAreText = true };

    public static PostmanError AlreadyPublished { get; } = new(400, "mockAlreadyPublishedError", "This mock is already public.");

    public static PostmanError AlreadyUnpublished { get; } = new(400, "mockAlreadyUnpublishedError", "This mock has already been deleted.");

    public static PostmanError NoSuchMock { get; } = new(404, "instanceNotFoundError", "The specified mock does not exist.") { HasDetails = true };

    public static PostmanError NoSuchMockOfResponses { get; } = new(404, "mockNotFoundError", "Please refresh and try again.") { Header = "Unable to find mock" };

    public static PostmanError NoSuchServerResponse { get; } =
        new(404, "serverResponseNotFoundError", "We could not find the mock server response you are looking for.") { Header = "Unable to find mock server response" };

    public static PostmanError NoSuchWorkspace { get; } = new(404, "workspaceNotFoundError", "Workspace not found") { RepeatsStatus = true };

    /// <summary>Reading answers 400, and writing 404: Postman's own.</summary>
    public static PostmanError NoSuchCollection(string id, int status) =>
        new(status, "instanceNotFoundError", "We could not find the collection you are looking for") { Item = "collection", ItemId = id };

    /// <inheritdoc cref="NoSuchCollection"/>
    public static PostmanError NoSuchEnvironment(string id, int status) =>
        new(status, "instanceNotFoundError", "We could not find the environment you are looking for") { Item = "environment", ItemId = id };

    public static PostmanError Conflict(string message) => new(409, "conflictError", message);

    /// <summary>As errors of mocks are: those have <c>type</c> in their first shape.</summary>
    public static PostmanError Broken(string message) => new(500, "serverError", message);

    public static PostmanError Away(string message) => new(503, "serverError", message) { Problem = "service-unavailable", RetryAfter = TimeSpan.FromSeconds(5) };
}
