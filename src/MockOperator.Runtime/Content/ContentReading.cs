using System.Collections.Immutable;
using MockOperator.Resources;

namespace MockOperator.Runtime.Content;

/// <summary>What came of compiling a mock: content that can be served, or the reason why there is none.</summary>
internal abstract record ContentReading
{
    private ContentReading()
    {
    }

    /// <summary>It can be served.</summary>
    /// <param name="Content">What to serve.</param>
    public sealed record Usable(MockContent Content) : ContentReading;

    /// <summary>Nothing of it can be served.</summary>
    /// <param name="Problem">What is wrong and where, for the person who wrote the content. Holds no value of a Secret.</param>
    public sealed record Unusable(string Problem) : ContentReading
    {
        /// <summary>Every place that was not understood; empty when the reason lies outside the collection.</summary>
        public ImmutableArray<LoadIssue> Issues { get; init; } = [];
    }
}
