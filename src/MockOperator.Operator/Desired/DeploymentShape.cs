namespace MockOperator.Operator.Desired;

/// <summary>What the pod template depends on besides the spec.</summary>
/// <param name="BundleSlots">Number of ConfigMaps mounted, a power of two.</param>
/// <param name="ContentBytes">Size of the content, decompressed: it sets the default memory.</param>
/// <param name="Secrets">The user's Secrets to mount.</param>
public sealed record DeploymentShape(int BundleSlots, long ContentBytes, IReadOnlyList<MountedSecret> Secrets);
