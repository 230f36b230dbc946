using k8s.Models;
using MockOperator.Operator.Content;
using MockOperator.Operator.Controllers;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Tests.Controllers;

public sealed class PodTroubleTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("pods \"a\" is forbidden: exceeded quota: small, requested: pods=1", "raise the ResourceQuota")]
    [InlineData("pods \"a\" is forbidden: violates PodSecurity \"restricted:latest\": privileged", "the Pod Security level of the namespace")]
    [InlineData("pods \"a\" is forbidden: maximum memory usage per Container is 64Mi", "within the LimitRange")]
    [InlineData("admission webhook \"x\" denied the request", "change what refuses them")]
    public void Pods_that_are_refused_are_told_with_the_cure(string message, string cure)
    {
        Unresolved trouble = Of(Deployment("ReplicaFailure", "True", "FailedCreate", message))!;

        Assert.Equal(PodTrouble.Refused, trouble.Reason);
        Assert.StartsWith(message, trouble.Message, StringComparison.Ordinal);
        Assert.Contains(cure, trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_pod_complains_of_is_told() =>
        Assert.Equal("pod a: ImagePullBackOff: no such image", Of(null, Pod("a", "ImagePullBackOff", "no such image"))!.Message);

    [Fact]
    public void A_pod_that_is_about_to_start_is_no_trouble() => Assert.Null(Of(null, Pod("a", "ContainerCreating", null, PodTrouble.Patience - TimeSpan.FromSeconds(1))));

    [Fact]
    public void A_pod_that_does_not_get_past_creation_names_the_Secrets_that_it_cannot_do_without()
    {
        Unresolved trouble = Of(null, Pod("a", "ContainerCreating", null, PodTrouble.Patience))!;

        Assert.Equal(PodTrouble.NotStarting, trouble.Reason);
        Assert.Equal(
            "pod a does not get further than ContainerCreating: a Secret that it mounts may be missing ('needed'), or its image is still being pulled; 'kubectl describe pod a' says which",
            trouble.Message);
    }

    [Fact]
    public void Where_the_cluster_says_that_volumes_are_missing_the_image_is_not_suspected()
    {
        V1Pod pod = Pod("a", "ContainerCreating", null, PodTrouble.Patience);
        pod.Status.Conditions = [new V1PodCondition { Type = "PodReadyToStartContainers", Status = "False" }];

        Assert.DoesNotContain("image", Of(null, pod)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deadline_that_passed_is_told_when_nothing_says_more()
    {
        V1Deployment late = Deployment("Progressing", "False", "ProgressDeadlineExceeded", "ReplicaSet \"a\" has timed out progressing.");

        Assert.StartsWith("ProgressDeadlineExceeded: ReplicaSet", Of(late)!.Message, StringComparison.Ordinal);
        Assert.StartsWith("pod a: ", Of(late, Pod("a", "CrashLoopBackOff", "it ends"))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Deployment_that_goes_on_is_no_trouble() => Assert.Null(Of(Deployment("Progressing", "True", "ReplicaSetUpdated", "")));

    private static Unresolved? Of(V1Deployment? deployment, params V1Pod[] pods) =>
        PodTrouble.Of(deployment, pods, [new MountedSecret("0", "needed"), new MountedSecret("1", "spare", Optional: true)], s_now);

    private static V1Deployment Deployment(string type, string status, string reason, string message) => new()
    {
        Status = new V1DeploymentStatus { Conditions = [new V1DeploymentCondition { Type = type, Status = status, Reason = reason, Message = message }] },
    };

    private static V1Pod Pod(string name, string reason, string? message, TimeSpan since = default) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Status = new V1PodStatus
        {
            Phase = "Pending",
            StartTime = (s_now - since).UtcDateTime,
            ContainerStatuses = [new V1ContainerStatus { State = new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = reason, Message = message } } }],
        },
    };
}
