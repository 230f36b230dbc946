using System.Globalization;

namespace MockOperator.Operator.Desired;

/// <summary>
/// What the pod template depends on besides the spec. It only grows while a Deployment lives: shrinking would roll the pods for nothing.
/// </summary>
/// <param name="BundleRoom">Number of ConfigMaps that one bundle has room for, a power of two.</param>
/// <param name="MemoryStep">Step of the default memory.</param>
/// <param name="Secrets">The user's Secrets to mount.</param>
public sealed record DeploymentShape(int BundleRoom, int MemoryStep, IReadOnlyList<MountedSecret> Secrets)
{
    /// <summary>Annotation of the Deployment that remembers its shape.</summary>
    public const string Annotation = "mockoperator.dev/bundle-shape";

    /// <summary>What the annotation says.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{BundleRoom}/{MemoryStep}");

    /// <summary>The shape, at least as large as an annotation says.</summary>
    public DeploymentShape AtLeast(string? annotation)
    {
        string[] sizes = annotation?.Split('/') ?? [];
        return sizes.Length == 2
            && int.TryParse(sizes[0], NumberStyles.None, CultureInfo.InvariantCulture, out int slots)
            && int.TryParse(sizes[1], NumberStyles.None, CultureInfo.InvariantCulture, out int step)
            ? this with
            {
                BundleRoom = Math.Clamp(slots, BundleRoom, BundleSlots.MostConfigMaps),
                MemoryStep = Math.Max(MemoryStep, Math.Min(step, MemoryBudget.LargestStep)),
            }
            : this;
    }
}
