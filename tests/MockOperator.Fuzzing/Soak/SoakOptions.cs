namespace MockOperator.Fuzzing.Soak;

/// <summary>How much a runtime has to go through.</summary>
internal sealed record SoakOptions
{
    /// <summary>The program <c>mock-runtime</c>.</summary>
    public required string Program { get; init; }

    /// <summary>Number of reloads of a collection of 1 MB.</summary>
    public int Reloads { get; init; } = 10_000;

    /// <summary>Number of calls, ordinary and hostile ones in turn, after that.</summary>
    public long Calls { get; init; }

    /// <summary>Calls in a second; they are made later, not more at once, when the machine does not keep up.</summary>
    public int Rate { get; init; } = 300;

    /// <summary>Picks the calls.</summary>
    public int Seed { get; init; }

    /// <summary>Told every so often how far it is.</summary>
    public Action<string>? Progress { get; init; }
}
