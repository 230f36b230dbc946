using MockOperator.Kubernetes.Forwarding;

namespace MockOperator.Client.Calls;

/// <summary>A pod did not say what it was asked.</summary>
internal sealed class SilenceException(Silence reason, string why, Exception? inner = null) : Exception(why, inner)
{
    public Silence Reason => reason;

    public static SilenceException Of(PodPortException failure) => new(
        failure.Kind switch
        {
            PodPortFailure.Gone => Silence.Gone,
            PodPortFailure.Forbidden => Silence.Forbidden,
            PodPortFailure.NothingListens => Silence.NothingListens,
            _ => Silence.Unreachable,
        },
        failure.Message,
        failure);
}
