namespace MockOperator.Runtime.Requests;

/// <summary>Bounds how many explanations are made at once: tables of scores and descriptions of errors.</summary>
internal sealed class ExplanationLimit(int capacity)
{
    /// <summary>Explanations that are made at once.</summary>
    public const int DefaultCapacity = 16;
    private int _made;

    /// <summary>Takes a place.</summary>
    /// <returns>False when there is none; then no explanation may be made.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _made) <= capacity)
        {
            return true;
        }

        Interlocked.Decrement(ref _made);
        return false;
    }

    /// <summary>Gives the place back.</summary>
    public void Exit() => Interlocked.Decrement(ref _made);
}
