namespace MockOperator.Client.Workloads;

/// <summary>Nothing of it is looked at.</summary>
public sealed class ServiceStatus;
