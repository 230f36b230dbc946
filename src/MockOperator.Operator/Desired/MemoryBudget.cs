namespace MockOperator.Operator.Desired;

/// <summary>
/// Default memory of a runtime pod. It grows in few steps with the content, because each step changes the pod template and so rolls the pods.
/// </summary>
public static class MemoryBudget
{
    private const long MiB = 1024 * 1024;

    private static readonly (long Content, string Request, string Limit)[] s_steps =
    [
        (4 * MiB, "32Mi", "128Mi"),
        (8 * MiB, "96Mi", "256Mi"),
        (16 * MiB, "160Mi", "384Mi"),
        (long.MaxValue, "256Mi", "512Mi"),
    ];

    /// <summary>The last step.</summary>
    public static int LargestStep => s_steps.Length - 1;

    /// <summary>The step for so many bytes of decompressed content.</summary>
    public static int StepFor(long contentBytes) => Array.FindIndex(s_steps, step => contentBytes <= step.Content);

    /// <summary>Request and limit of a step, as quantities.</summary>
    public static (string Request, string Limit) Of(int step)
    {
        (_, string request, string limit) = s_steps[Math.Clamp(step, 0, s_steps.Length - 1)];
        return (request, limit);
    }
}
