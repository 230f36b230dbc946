namespace MockOperator.Client.Calls;

/// <summary>Why a pod says nothing of its calls.</summary>
public enum Silence
{
    /// <summary>It cannot be reached, or the connection broke. Try again later.</summary>
    Unreachable,

    /// <summary>It is gone, or does not run.</summary>
    Gone,

    /// <summary>The caller may not forward ports to it.</summary>
    Forbidden,

    /// <summary>Nothing listens where calls are asked for: a runtime that remembers none.</summary>
    NothingListens,

    /// <summary>It did not answer in time.</summary>
    TooSlow,

    /// <summary>What it answers is longer than anybody should read.</summary>
    TooLong,

    /// <summary>What it answers cannot be understood.</summary>
    Unreadable,

    /// <summary>It understood, and will not: a filter that it does not know, for one.</summary>
    Refused,

    /// <summary>It was not asked, for there are too many.</summary>
    OneTooMany,
}
