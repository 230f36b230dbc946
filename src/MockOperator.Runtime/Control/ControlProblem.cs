using MockOperator.Resources;

namespace MockOperator.Runtime.Control;

/// <summary>Why an exchange about quotas has no answer.</summary>
/// <param name="Status">The HTTP status that says it.</param>
/// <param name="Problem">What is wrong and where.</param>
internal sealed record ControlProblem(int Status, string Problem)
{
    /// <summary>The body did not arrive in time.</summary>
    public static ControlProblem TooSlow { get; } = new(StatusCodes.Status408RequestTimeout, "The body did not arrive in time.");

    /// <summary>The body is larger than it may be.</summary>
    public static ControlProblem TooLarge { get; } = new(StatusCodes.Status413PayloadTooLarge, $"At most {QuotaExchange.MaxBytes} bytes are taken here.");
}
