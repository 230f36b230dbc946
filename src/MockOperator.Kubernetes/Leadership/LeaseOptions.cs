namespace MockOperator.Kubernetes.Leadership;

/// <summary>Which lease to hold, as whom, and how long it lasts.</summary>
public sealed record LeaseOptions
{
    /// <summary>Namespace of the Lease.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name of the Lease.</summary>
    public required string Name { get; init; }

    /// <summary>Who holds it: different for each process, also of one pod.</summary>
    public required string Identity { get; init; }

    /// <summary>How long others wait since they last saw a renewal, before they take the lease. Whole seconds.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the holder goes on leading without a renewal. Less than <see cref="Duration"/>: the difference is the safety margin.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the lease is renewed or looked at.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Why these options cannot work.</summary>
    /// <returns>What does not fit, with the values; null when all fit.</returns>
    public string? Problem()
    {
        if (Duration <= RenewDeadline)
            return $"The lease duration ({Duration}) must be longer than the renew deadline ({RenewDeadline}).";
        if (RenewDeadline <= RetryPeriod * 1.2)
            return $"The renew deadline ({RenewDeadline}) must be longer than 1.2 retry periods ({RetryPeriod}).";
        if (RetryPeriod <= TimeSpan.Zero || Duration < TimeSpan.FromSeconds(1))
            return "The retry period must be positive and the lease duration at least one second.";
        return null;
    }
}
