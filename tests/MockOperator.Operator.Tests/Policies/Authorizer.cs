using Cel;

namespace MockOperator.Operator.Tests.Policies;

/// <summary>What an API server calls <c>authorizer</c> in a policy, as far as the policies of this project use it.</summary>
internal sealed record Authorizer(Requester Requester, Func<string, bool> Asked)
{
    private string Group { get; init; } = "";

    private string Resource { get; init; } = "";

    private string Namespace { get; init; } = "";

    private string Name { get; init; } = "";

    private string Verb { get; init; } = "";

    public static void Register(CelEnvironment environment)
    {
        Type[] word = [typeof(Authorizer), typeof(string)];
        environment.RegisterFunction("group", word, static given => Of(given) with { Group = (string)given[1]! });
        environment.RegisterFunction("resource", word, static given => Of(given) with { Resource = (string)given[1]! });
        environment.RegisterFunction("namespace", word, static given => Of(given) with { Namespace = (string)given[1]! });
        environment.RegisterFunction("name", word, static given => Of(given) with { Name = (string)given[1]! });
        environment.RegisterFunction("check", word, static given => Of(given) with { Verb = (string)given[1]! });
        environment.RegisterFunction("allowed", [typeof(Authorizer)], static given => Of(given).IsAllowed());
    }

    private static Authorizer Of(object?[] given) => (Authorizer)given[0]!;

    // All requests are in one namespace: a check without it would ask for the right in all.
    private bool IsAllowed() => Asked(Verb) && Namespace == Policy.Namespace && Requester.May(Verb, Group, Resource, Name);
}
