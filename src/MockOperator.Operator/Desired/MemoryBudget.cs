namespace MockOperator.Operator.Desired;

/// <summary>
/// Default memory of a runtime pod. It grows in few steps with the content, because each step changes the pod template and so rolls the pods.
/// </summary>
public static class MemoryBudget
{
    private const long MiB = 1024 * 1024;

    /// <summary>Request and limit, as quantities, for so many bytes of decompressed content.</summary>
    public static (string Request, string Limit) For(long contentBytes) => contentBytes switch
    {
        <= 4 * MiB => ("32Mi", "128Mi"),
        <= 8 * MiB => ("96Mi", "256Mi"),
        <= 16 * MiB => ("160Mi", "384Mi"),
        _ => ("256Mi", "512Mi"),
    };
}
