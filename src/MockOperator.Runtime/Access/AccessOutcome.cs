namespace MockOperator.Runtime.Access;

/// <summary>What becomes of a caller.</summary>
internal enum AccessOutcome
{
    /// <summary>May call: the mock is public, or the key is right.</summary>
    Admitted,

    /// <summary>Sent no key.</summary>
    KeyMissing,

    /// <summary>Sent what is no key of this mock.</summary>
    KeyUnknown,

    /// <summary>Sent too many wrong keys and has to wait.</summary>
    Throttled,

    /// <summary>The mock is private and has no usable keys, so it admits nobody.</summary>
    Closed,
}
