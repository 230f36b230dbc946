using MockOperator.Operator.Allowances;
using MockOperator.Operator.Control;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Exposure;

namespace MockOperator.Operator;

/// <summary>What the command line of <c>mock-operator run</c> says.</summary>
public sealed record OperatorOptions
{
    /// <summary>Namespaces to watch; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>What all runtime pods have in common.</summary>
    public RuntimeSettings Runtime { get; init; } = new();

    /// <summary>Whether replicas elect a leader.</summary>
    public bool LeaderElection { get; init; } = true;

    /// <summary>Port of metrics and probes.</summary>
    public int MetricsPort { get; init; } = 8080;

    /// <summary>What is logged: this and what is worse. Of the framework only warnings and worse.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How it is written.</summary>
    public OperatorLogFormat LogFormat { get; init; } = OperatorLogFormat.Json;

    /// <summary>Reconciles of MockServers at a time.</summary>
    public int Workers { get; init; } = 8;

    /// <summary>How pods are reached.</summary>
    public ControlVia ControlVia { get; init; } = ControlVia.Direct;

    /// <summary>How mocks are exposed outside the cluster.</summary>
    public ExposureSettings Exposure { get; init; } = new(null);

    /// <summary>What mocks may ask for.</summary>
    public UserAllowances Allowances { get; init; } = new();

    /// <summary>Where the control key is.</summary>
    public ControlKeyOptions ControlKey { get; init; } = new();
}
