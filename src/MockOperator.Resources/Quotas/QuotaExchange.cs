namespace MockOperator.Resources;

/// <summary>
/// How quotas travel over the control channel: <c>POST /control/v1/quotas</c> with a <see cref="QuotaInstructions"/>, answered by a <see cref="QuotaReport"/>. All numbers
/// are sums since the period began, so an exchange may be lost or delivered twice and nothing is counted twice. A pod answers when it has something to say (it needs more, it gave something back, it ends),
/// at the latest after <see cref="QuotaInstructions.WaitSeconds"/>.
/// </summary>
public static class QuotaExchange
{
    /// <summary>Path of the request.</summary>
    public const string Path = "/control/v1/quotas";

    /// <summary>Most bytes of a request or an answer.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Most seconds that a pod may be told to wait.</summary>
    public const int MaxWaitSeconds = 30;
}
