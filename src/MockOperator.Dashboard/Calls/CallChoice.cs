using MockOperator.Client.Calls;
using MockOperator.Dashboard.Pages;

namespace MockOperator.Dashboard.Calls;

/// <summary>Which calls somebody wants to see.</summary>
internal sealed record CallChoice
{
    /// <summary>A text; empty for any.</summary>
    public required string Text { get; init; }

    /// <summary>The method; empty for any.</summary>
    public required string Method { get; init; }

    /// <summary>The status or class; empty for any.</summary>
    public required string Status { get; init; }

    /// <summary>The outcome; empty for any.</summary>
    public required string Outcome { get; init; }

    /// <summary>Whether anything is chosen.</summary>
    public bool IsAny => Text.Length + Method.Length + Status.Length + Outcome.Length == 0;

    /// <summary>Reads it from an address.</summary>
    public static CallChoice Read(Visit visit) => new() { Text = visit.Query("q"), Method = visit.Query("method"), Status = visit.Query("status"), Outcome = visit.Query("outcome") };

    /// <summary>An address with this choice.</summary>
    public string Address(string path, string? cursor = null, string? format = null) =>
        Links.With(path, ("q", Text), ("method", Method), ("status", Status), ("outcome", Outcome), ("cursor", cursor), ("format", format));

    /// <summary>As pods understand it.</summary>
    public CallFilter ToFilter(string? include = null) => new() { Text = Text, Method = Method, Status = Status, Outcome = Outcome, Include = include };
}
