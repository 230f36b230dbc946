namespace MockOperator.Runtime.Requests;

/// <summary>Bounds the memory that request bodies take together, however many clients send at once. Thread-safe.</summary>
internal sealed class BodyBudget(long bytes)
{
    private long _free = bytes;

    /// <summary>Takes bytes from the budget.</summary>
    /// <returns>False when so many are not left; then none is taken.</returns>
    public bool TryTake(int count)
    {
        if (Interlocked.Add(ref _free, -count) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref _free, count);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Return(int count) => Interlocked.Add(ref _free, count);
}
