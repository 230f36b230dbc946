namespace MockOperator.Cli.Printing;

/// <summary>How objects are printed, by kubectl's names.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For people, with more columns.</summary>
    Wide,

    /// <summary>The objects as JSON.</summary>
    Json,

    /// <summary>The objects as YAML.</summary>
    Yaml,

    /// <summary><c>kind.group/name</c>, a line each.</summary>
    Name,
}
