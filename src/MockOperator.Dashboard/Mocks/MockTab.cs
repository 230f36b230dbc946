namespace MockOperator.Dashboard.Mocks;

/// <summary>The pages of a mock.</summary>
internal enum MockTab
{
    /// <summary>What was called.</summary>
    Calls,

    /// <summary>The server responses.</summary>
    Responses,

    /// <summary>How it is.</summary>
    Status,

    /// <summary>What can be changed.</summary>
    Settings,

    /// <summary>The object as it is stored.</summary>
    Yaml,
}
