namespace MockOperator.Client.Mocks;

/// <summary>How a mock is, in one word.</summary>
public enum MockState
{
    /// <summary>Served by all of its pods as it was written.</summary>
    Ready,

    /// <summary>Has no pods because none are asked for.</summary>
    Paused,

    /// <summary>On its way, and nothing is wrong yet.</summary>
    Waiting,

    /// <summary>Something is wrong that may pass or that somebody must mend; what was served before goes on being served.</summary>
    Failing,

    /// <summary>Only an edit of the mock helps.</summary>
    Stalled,

    /// <summary>Is being deleted.</summary>
    Deleting,
}
