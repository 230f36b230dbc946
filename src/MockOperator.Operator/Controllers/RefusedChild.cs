using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Content;

namespace MockOperator.Operator.Controllers;

/// <summary>What is told of a child that the API server or the cluster's admission will not have, and whether it is tried again.</summary>
/// <param name="Problem">What the condition says, in the words of whoever refused.</param>
/// <param name="IsFinal">Whether nothing but an edit can help. What a policy, a quota or a missing right forbids may be allowed without one.</param>
public sealed record RefusedChild(Unresolved Problem, bool IsFinal)
{
    /// <summary>Reads a refusal.</summary>
    /// <param name="refusal">A failure that <see cref="ApiException.IsRefusal">is one</see>.</param>
    public static RefusedChild Of(ApiException refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Kind switch
        {
            // The API server knows best what a pod template may say.
            ApiFailure.Invalid => new RefusedChild(new Unresolved(MockConditions.InvalidSpec, $"the API server refuses a child: {refusal.Message}"), IsFinal: true),
            ApiFailure.Rejected => new RefusedChild(new Unresolved(MockConditions.InvalidSpec, $"the API server does not take a child: {refusal.Message}") { MayPass = true }, IsFinal: false),
            ApiFailure.Denied => new RefusedChild(new Unresolved(MockConditions.Denied, $"a policy or quota of the cluster denies a child: {refusal.Message}"), IsFinal: false),
            _ => new RefusedChild(new Unresolved(MockConditions.Forbidden, refusal.Message), IsFinal: false),
        };
    }
}
