namespace MockOperator.Mocking.Matching;

/// <summary>The steps of Postman's path comparison; the value of each is the score it leaves of 100 (Postman matching, URL path).</summary>
internal enum PathStep
{
    /// <summary>No step fits: the example is removed.</summary>
    None = 0,

    /// <summary>Step 8: every segment is close by edit distance; a last resort.</summary>
    Similar = 70,

    /// <summary>Step 7: identical without trailing slashes and ids.</summary>
    IdsAndSlashesRemoved = 75,

    /// <summary>Step 6: identical without ids.</summary>
    IdsRemoved = 79,

    /// <summary>Step 5: identical once wildcards cover their segments.</summary>
    Wildcards = 80,

    /// <summary>Step 4: identical but for case and trailing slashes.</summary>
    CaseAndSlashesIgnored = 85,

    /// <summary>Step 3: identical but for case.</summary>
    CaseIgnored = 90,

    /// <summary>Step 2: identical but for trailing slashes.</summary>
    SlashesIgnored = 95,

    /// <summary>Step 1: identical.</summary>
    Exact = 100,
}
