namespace MockOperator.PostmanApi.Limits;

/// <summary>The limits of Postman's API: 300 requests a minute, and of what is dear there 10 in ten seconds.</summary>
internal sealed class RateLimits(TimeProvider time)
{
    private readonly RateWindow _all = new(300, TimeSpan.FromMinutes(1), time);
    private readonly RateWindow _dear = new(10, TimeSpan.FromSeconds(10), time);

    /// <summary>Counts a request.</summary>
    /// <param name="caller">Whose.</param>
    /// <param name="operation">Name of the operation, if it is a dear one: each is counted for itself. Null for others.</param>
    /// <returns>The verdict of the limit that decides.</returns>
    public RateVerdict Take(string caller, string? operation)
    {
        var all = _all.Take(caller);
        if (all.Refused || operation is null)
            return all;
        var dear = _dear.Take($"{caller}/{operation}");
        return dear.Refused || dear.Remaining < all.Remaining ? dear : all;
    }
}
