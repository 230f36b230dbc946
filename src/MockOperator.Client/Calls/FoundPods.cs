namespace MockOperator.Client.Calls;

/// <summary>The pods of a mock at one moment.</summary>
/// <param name="Pods">Those to ask.</param>
/// <param name="LeftOut">Those beyond <see cref="MockPods.Most"/>.</param>
/// <param name="OwnersAreKnown">Whether they are the mock's by their owners, not by their labels alone.</param>
internal sealed record FoundPods(IReadOnlyList<FoundPods.Pod> Pods, IReadOnlyList<FoundPods.Pod> LeftOut, bool OwnersAreKnown)
{
    public IEnumerable<SilentPod> Unasked() =>
        LeftOut.Select(pod => new SilentPod(pod.Name, Silence.OneTooMany, $"At most {MockPods.Most} pods are asked, and pod {pod.Name} comes after them."));

    /// <summary>A pod.</summary>
    public sealed record Pod(string Name, string Uid);
}
