namespace MockOperator.Runtime.Bundles;

/// <summary>Why a pushed bundle is not served. What was served goes on being served.</summary>
/// <param name="Status">The HTTP status that says it.</param>
/// <param name="Problem">What is wrong and where. Holds no value of a Secret.</param>
internal sealed record PushRefusal(int Status, string Problem)
{
    /// <summary>The body is not what <see cref="Resources.BundleTransfer"/> describes.</summary>
    public static PushRefusal Malformed(string problem) => new(StatusCodes.Status400BadRequest, problem);

    /// <summary>The body did not arrive in time.</summary>
    public static PushRefusal TooSlow { get; } = new(StatusCodes.Status408RequestTimeout, "The bundle did not arrive in time.");

    /// <summary>The bundle is whole, but not for this pod, or not any more.</summary>
    public static PushRefusal Conflict(string problem) => new(StatusCodes.Status409Conflict, problem);

    /// <summary>The body is larger than a push may be.</summary>
    public static PushRefusal TooLarge { get; } =
        new(StatusCodes.Status413PayloadTooLarge, $"A bundle of more than {Resources.BundleTransfer.MaxBytes} bytes is not taken here; it comes with the mounted files.");

    /// <summary>The bundle is not whole, or nothing of it can be served.</summary>
    public static PushRefusal Unservable(string problem) => new(StatusCodes.Status422UnprocessableEntity, problem);

    /// <summary>The process ends, or the follower failed.</summary>
    public static PushRefusal Unavailable { get; } = new(StatusCodes.Status503ServiceUnavailable, "The bundle could not be taken over.");
}
