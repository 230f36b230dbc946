namespace MockOperator.Kubernetes.Leadership;

/// <summary>Why a process no longer leads.</summary>
public enum LeadershipEnd
{
    /// <summary>It was told to stop.</summary>
    Stopped,

    /// <summary>The lease could not be renewed in time, or another took it. What was cached while leading is suspect: restart the process.</summary>
    Lost,

    /// <summary>The leader's work ended by itself.</summary>
    WorkEnded,
}
