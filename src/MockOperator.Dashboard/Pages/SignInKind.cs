namespace MockOperator.Dashboard.Pages;

/// <summary>How callers become known.</summary>
internal enum SignInKind
{
    /// <summary>They paste a token.</summary>
    Token,

    /// <summary>A proxy in front of the site tells.</summary>
    Proxy,

    /// <summary>They open an address that works once.</summary>
    OneTimeAddress,
}
