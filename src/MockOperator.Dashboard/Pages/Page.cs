using RazorSlices;

namespace MockOperator.Dashboard.Pages;

/// <summary>A whole page: what is around its content.</summary>
internal sealed record Page
{
    /// <summary>Its title, first in the browser's tab.</summary>
    public required string Title { get; init; }

    /// <summary>Its content.</summary>
    public required RazorSlice Body { get; init; }

    /// <summary>Where it belongs.</summary>
    public Section Section { get; init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Addresses of style, script and icon.</summary>
    public required StaticFiles Assets { get; init; }

    /// <summary>Who sees it; null for somebody who is not known.</summary>
    public string? User { get; init; }

    /// <summary>Whether the session can be ended.</summary>
    public bool CanSignOut { get; init; }

    /// <summary>The namespace that was chosen; empty for all.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The namespaces to choose from; null when they are not known, and one is typed.</summary>
    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>Where the choice of a namespace leads; null for no choice.</summary>
    public string? NamespaceChoice { get; init; }

    /// <summary>The token of the page's forms.</summary>
    public string Token { get; init; } = "";

    /// <summary>What was done by the request before; null for nothing.</summary>
    public string? Notice { get; init; }
}
