using MockOperator.Cli.Terminal;
using MockOperator.Client.Mocks;

namespace MockOperator.Cli.Printing;

/// <summary>What states of mocks and calls mean to whoever reads.</summary>
internal static class Inks
{
    /// <summary>The state of a mock.</summary>
    public static Ink Of(MockState state) => state switch
    {
        MockState.Ready => Ink.Good,
        MockState.Failing or MockState.Stalled => Ink.Bad,
        MockState.Waiting or MockState.Deleting => Ink.Notice,
        _ => Ink.Faint,
    };

    /// <summary>The status of an answer.</summary>
    public static Ink OfStatus(int status) => status switch
    {
        >= 200 and < 400 => Ink.Good,
        >= 400 and < 500 => Ink.Notice,
        _ => Ink.Bad,
    };
}
