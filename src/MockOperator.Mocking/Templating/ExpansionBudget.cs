namespace MockOperator.Mocking.Templating;

/// <summary>
/// Characters that the substitution of variables may add to all texts of a plan together: without it, ten thousand examples that each name one long
/// variable would take gigabytes. Used by one thread.
/// </summary>
public sealed class ExpansionBudget
{
    /// <summary>Characters for a plan: 67,108,864.</summary>
    public const int Characters = 64 * 1024 * 1024;

    /// <summary>Characters that are left, 0 or more.</summary>
    public int Remaining { get; private set; } = Characters;

    /// <summary>Takes what a text has grown by; a text that has become shorter gives nothing back.</summary>
    internal void Take(int characters) => Remaining -= Math.Clamp(characters, 0, Remaining);
}
