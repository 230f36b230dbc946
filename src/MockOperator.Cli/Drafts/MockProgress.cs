using MockOperator.Cli.Terminal;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Cli.Drafts;

/// <summary>Tells a person what a mock waits for, each thing once.</summary>
internal sealed class MockProgress(CommandConsole console)
{
    private string? _told;

    /// <summary>Tells of a status.</summary>
    public void Tell(MockServer mock)
    {
        var ready = mock.Status?.Conditions?.FirstOrDefault(static condition => condition.Type == "Ready");
        if (ready is null or { Status: ConditionStatus.True } || ready.Message == _told)
            return;
        _told = ready.Message;
        console.Error.WriteLine($"{mock.Metadata.Name}: {Printable.Line(ready.Message)}");
    }
}
