namespace MockOperator.Operator.Desired;

/// <summary>The ports of a runtime pod. Nothing of ours is ever served on the first.</summary>
public static class RuntimePorts
{
    /// <summary>Mocks.</summary>
    public const int Http = 8080;

    /// <summary>Probes and metrics.</summary>
    public const int Admin = 9090;

    /// <summary>The operator's channel.</summary>
    public const int Control = 9091;

    /// <summary>Name of <see cref="Http"/>.</summary>
    public const string HttpName = "http";

    /// <summary>Name of <see cref="Admin"/>.</summary>
    public const string AdminName = "admin";

    /// <summary>Name of <see cref="Control"/>.</summary>
    public const string ControlName = "control";
}
