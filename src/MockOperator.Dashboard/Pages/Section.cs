namespace MockOperator.Dashboard.Pages;

/// <summary>Where a page belongs in the navigation.</summary>
internal enum Section
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>Mock servers.</summary>
    Mocks,

    /// <summary>Collections.</summary>
    Collections,

    /// <summary>Usage.</summary>
    Usage,
}
