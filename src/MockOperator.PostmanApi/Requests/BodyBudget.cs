using MockOperator.PostmanApi.Errors;

namespace MockOperator.PostmanApi.Requests;

/// <summary>The memory that all bodies together may take while they are read and worked on.</summary>
/// <param name="bytes">How much.</param>
internal sealed class BodyBudget(long bytes)
{
    private long _left = bytes;

    /// <summary>Bytes that are not taken.</summary>
    public long Left => Interlocked.Read(ref _left);

    /// <exception cref="PostmanException">There is not enough now.</exception>
    public void Take(long some)
    {
        if (Interlocked.Add(ref _left, -some) >= 0)
            return;
        Interlocked.Add(ref _left, some);
        throw new PostmanException(KnownErrors.Busy);
    }

    public void Return(long some) => Interlocked.Add(ref _left, some);
}
