namespace MockOperator.Cli.Terminal;

/// <summary>What a piece of text says of its subject, and so the colour that it has on a terminal.</summary>
internal enum Ink
{
    /// <summary>Nothing in particular.</summary>
    Plain,

    /// <summary>A heading, or the name of what is spoken of.</summary>
    Strong,

    /// <summary>Less important than what is around.</summary>
    Faint,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>On its way, or to be looked at.</summary>
    Notice,

    /// <summary>Wrong.</summary>
    Bad,
}
