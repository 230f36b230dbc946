using MockOperator.Operator.Conditions;

namespace MockOperator.Operator.Controllers;

/// <summary>Types and reasons of the conditions of a MockServer that are not named where they are found. They are part of the API.</summary>
public static class MockConditions
{
    /// <summary>Sums up the others: every pod serves what the object says, or no pod is asked for and none is there.</summary>
    public const string Ready = SummaryConditions.Ready;

    /// <summary>The collection was found and can be served.</summary>
    public const string CollectionResolved = "CollectionResolved";

    /// <summary>Every reference of the environment was found.</summary>
    public const string EnvironmentResolved = "EnvironmentResolved";

    /// <summary>The Deployment has all its pods.</summary>
    public const string Available = "Available";

    /// <summary>Every pod acknowledged the revision.</summary>
    public const string Programmed = "Programmed";

    /// <summary>The URL was written where the spec asks for it.</summary>
    public const string UrlPublished = "UrlPublished";

    /// <summary>The pods of a private mock have keys by which they admit callers.</summary>
    public const string KeysAvailable = "KeysAvailable";

    /// <summary>The mock is exposed outside the cluster as the spec asks for.</summary>
    public const string Exposed = "Exposed";

    /// <summary>Reason: the spec breaks a rule.</summary>
    public const string InvalidSpec = "InvalidSpec";

    /// <summary>Reason: more quotas cover the mock than its pods can count by.</summary>
    public const string TooManyQuotas = "TooManyQuotas";

    /// <summary>Reason: an object of a child's name belongs to somebody else.</summary>
    public const string NameConflict = "NameConflict";

    /// <summary>Reason: a policy, a quota or another admission of the cluster denies a write.</summary>
    public const string Denied = "Denied";

    /// <summary>Reason: the operator was not given the right to make a write.</summary>
    public const string Forbidden = "Forbidden";

    /// <summary>Reason: the operator has no key by which it could talk to pods.</summary>
    public const string ControlKeyMissing = "ControlKeyMissing";

    /// <summary>Reason: on the way.</summary>
    public const string Progressing = "Progressing";

    /// <summary>Reason: asked for no pods, and there are none.</summary>
    public const string Paused = "Paused";
}
