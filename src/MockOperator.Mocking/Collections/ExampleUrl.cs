using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MockOperator.Mocking.Collections;

/// <summary>
/// The URL of a saved request, split but not resolved. Variables are substituted before the path is compared, and a host whose value holds a
/// slash (<c>{{baseUrl}}</c> = <c>https://x/v1</c>) lengthens the path.
/// </summary>
public sealed record ExampleUrl
{
    /// <summary>Host as written, with scheme and port if any: often <c>{{baseUrl}}</c>. Never compared; only its path part matters once resolved.</summary>
    public string Host { get; init; } = "";

    /// <summary>Path segments as written, without slashes; empty for a URL without a path. A trailing slash is an empty last segment.</summary>
    public ImmutableArray<string> Path { get; init; } = [];

    /// <summary>Enabled query parameters, in order.</summary>
    public ImmutableArray<QueryParameter> Query { get; init; } = [];

    /// <summary>Saved values of <c>:name</c> path variables, by name; only non-empty ones.</summary>
    public FrozenDictionary<string, string> PathVariables { get; init; } = FrozenDictionary<string, string>.Empty;
}
