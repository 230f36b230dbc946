using MockOperator.Resources;

namespace MockOperator.Runtime.Quotas;

/// <summary>What an instruction must satisfy before anything is done with it.</summary>
internal static class QuotaInstructionRules
{
    private const int LongestName = 253;
    private const int LongestUid = 64;
    private const int LongestPeriod = 32;
    private const int MostPods = 1_000_000;
    private const long LongestPeriodMilliseconds = 400L * 24 * 3600 * 1000;

    /// <summary>Checks what the operator says.</summary>
    /// <returns>What is wrong and where; null when nothing is.</returns>
    public static string? Check(QuotaInstructions said)
    {
        if (said.Mock is not { Length: > 0 and <= LongestName })
        {
            return "mock: the name of a MockServer is needed.";
        }

        if (said.ReadyPods is < 0 or > MostPods)
        {
            return $"readyPods: 1 to {MostPods} is needed, or nothing for 1.";
        }

        if (said.WaitSeconds is < 0 or > QuotaExchange.MaxWaitSeconds)
        {
            return $"waitSeconds: 0 to {QuotaExchange.MaxWaitSeconds} is needed.";
        }

        if (said.Heard < 0)
        {
            return "heard: 0 or the number of a report is needed.";
        }

        IReadOnlyList<QuotaInstruction> quotas = said.Quotas ?? [];
        if (quotas.Count > QuotaReference.MaxOfMock)
        {
            return $"quotas: at most {QuotaReference.MaxOfMock} are taken.";
        }

        for (int index = 0; index < quotas.Count; index++)
        {
            if (Check(quotas[index]) is { } problem)
            {
                return $"quotas[{index}]{problem}";
            }

            if (quotas.Take(index).Any(before => before.Quota == quotas[index].Quota))
            {
                return $"quotas[{index}].quota: the same quota is named twice.";
            }
        }

        return null;
    }

    private static string? Check(QuotaInstruction? instruction) => instruction switch
    {
        null => ": an object is needed.",
        { Quota: not { Length: > 0 and <= LongestUid } } => ".quota: the UID of a MockQuota is needed.",
        { Period: not { Length: > 0 and <= LongestPeriod } } => $".period: a name of 1 to {LongestPeriod} characters is needed.",
        { EndsInMilliseconds: < 0 or > LongestPeriodMilliseconds } => $".endsInMilliseconds: 0 to {LongestPeriodMilliseconds} is needed.",
        { Limit: < 0 or > MockQuotaSpec.MaxCalls } => $".limit: 0 to {MockQuotaSpec.MaxCalls} is needed.",
        { Granted: < 0 or > MockQuotaSpec.MaxCalls } => $".granted: 0 to {MockQuotaSpec.MaxCalls} is needed.",
        { Keep: < 0 } => ".keep: 0 or more is needed.",
        _ => null,
    };
}
