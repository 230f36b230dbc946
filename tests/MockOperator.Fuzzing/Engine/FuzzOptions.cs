namespace MockOperator.Fuzzing.Engine;

/// <summary>How long to look, and where.</summary>
internal sealed record FuzzOptions
{
    /// <summary>Begins the same series of inputs as the last time it was given.</summary>
    public required int Seed { get; init; }

    /// <summary>Most inputs.</summary>
    public long Inputs { get; init; } = long.MaxValue;

    /// <summary>After this time no more inputs are made.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.MaxValue;

    /// <summary>Most findings before the search ends; each further one would most likely say the same.</summary>
    public int Findings { get; init; } = 20;

    /// <summary>Directory of inputs to build upon besides the seeds; those that take a new branch are added to it. Null for none.</summary>
    public string? CorpusDirectory { get; init; }

    /// <summary>Where the input that is read just now is kept; null for nowhere.</summary>
    public string? LastInputPath { get; init; }

    /// <summary>Told every few seconds how far the search is.</summary>
    public Action<FuzzReport>? Progress { get; init; }
}
