using MockOperator.Resources;

namespace MockOperator.Client.Calls;

/// <summary>What is told while calls are followed.</summary>
public abstract record CallNews
{
    private CallNews(string pod) => Pod = pod;

    /// <summary>Name of the pod.</summary>
    public string Pod { get; }

    /// <summary>A call was answered.</summary>
    public sealed record Served : CallNews
    {
        internal Served(string pod, MockCall call)
            : base(pod) => Call = call;

        /// <summary>The call.</summary>
        public MockCall Call { get; }
    }

    /// <summary>Calls were answered of which no more is known: whoever follows was too slow, or what the pod told cannot be read.</summary>
    public sealed record Missed : CallNews
    {
        internal Missed(string pod, long? count)
            : base(pod) => Count = count;

        /// <summary>How many; null when that is not known.</summary>
        public long? Count { get; }
    }

    /// <summary>A pod is followed from now on: at the beginning, because it came later, or after it was silent.</summary>
    public sealed record Followed : CallNews
    {
        internal Followed(string pod)
            : base(pod)
        {
        }
    }

    /// <summary>A pod cannot be followed. It is tried again; told once until it is followed or the reason is another.</summary>
    public sealed record FellSilent : CallNews
    {
        internal FellSilent(SilentPod what)
            : base(what.Pod) => What = what;

        /// <summary>The pod and why.</summary>
        public SilentPod What { get; }
    }
}
