using MockOperator.Client.Mocks;

namespace MockOperator.Dashboard.Mocks;

/// <summary>States of mocks in words and style.</summary>
internal static class States
{
    /// <summary>The word.</summary>
    public static string Word(MockState state) => state switch
    {
        MockState.Ready => "ready",
        MockState.Paused => "paused",
        MockState.Waiting => "on its way",
        MockState.Failing => "in trouble",
        MockState.Stalled => "needs an edit",
        MockState.Deleting => "being deleted",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    /// <summary>The class of the stylesheet.</summary>
    public static string Style(MockState state) => state switch
    {
        MockState.Ready => "good",
        MockState.Waiting => "warn",
        MockState.Failing or MockState.Stalled => "bad",
        _ => "idle",
    };
}
