using MockOperator.Resources;

namespace MockOperator.Dashboard.Calls;

/// <summary>How calls ended, in words.</summary>
internal static class Outcomes
{
    /// <summary>Whether no example answered although one was looked for.</summary>
    public static bool IsMiss(MockCall call) => call.Outcome is "no_match" or "no_example";

    /// <summary>The words for a call that no example answered; null for one that an example did.</summary>
    public static string? Words(MockCall call) => call.Outcome switch
    {
        "matched" => null,
        "no_match" => "No example",
        "no_example" => "No example of what the headers asked for",
        "server_response" => "Answered by the active server response",
        "explained" => "Explained, not answered",
        "unauthorized" => "Refused: no valid key",
        "rejected" => "Refused: a limit",
        "aborted" => "The caller went away",
        "error" => "Failed",
        _ => call.Outcome,
    };

    /// <summary>The nearest example and why it lost, as a sentence; null when none is known.</summary>
    public static string? Nearest(MockCall call) =>
        call.Nearest is [{ } first, ..] ? $"{(first.Request is { } request ? $"{request}: " : "")}{first.Reason}" : null;
}
