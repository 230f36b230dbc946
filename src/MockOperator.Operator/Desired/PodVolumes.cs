using System.Globalization;
using k8s.Models;

namespace MockOperator.Operator.Desired;

/// <summary>Volumes of a runtime pod: the bundle, projected from its ConfigMaps into one directory, and the user's Secrets.</summary>
public static class PodVolumes
{
    /// <summary>Where the runtime looks for its bundle.</summary>
    public const string BundlePath = "/etc/mock-runtime/bundle";

    /// <summary>Where the runtime looks for Secrets.</summary>
    public const string SecretsPath = "/etc/mock-runtime/secrets";

    private const string BundleVolume = "bundle";

    /// <summary>The volumes.</summary>
    public static IList<V1Volume> Volumes(string mock, DeploymentShape shape) =>
    [
        new V1Volume
        {
            Name = BundleVolume,
            Projected = new V1ProjectedVolumeSource { Sources = [.. Enumerable.Range(0, BundleSlots.MountedFor(shape.BundleRoom)).Select(slot => Source(mock, slot))] },
        },
        .. shape.Secrets.Select(static secret => new V1Volume
        {
            Name = VolumeName(secret),
            Secret = new V1SecretVolumeSource
            {
                SecretName = secret.SecretName,
                Optional = secret.Optional ? true : null,
                Items = secret.Key is null ? null : [new V1KeyToPath { Key = secret.Key, Path = secret.File }],
            },
        }),
    ];

    /// <summary>Where they are mounted.</summary>
    public static IList<V1VolumeMount> Mounts(DeploymentShape shape) =>
    [
        new V1VolumeMount { Name = BundleVolume, MountPath = BundlePath, ReadOnlyProperty = true },
        .. shape.Secrets.Select(static secret => new V1VolumeMount
        {
            Name = VolumeName(secret),
            MountPath = string.Create(CultureInfo.InvariantCulture, $"{SecretsPath}/{secret.Directory}"),
            ReadOnlyProperty = true,
        }),
    ];

    private static string VolumeName(MountedSecret secret) => "secret-" + secret.Directory;

    // The ConfigMaps behind the first are optional: a bundle needs fewer than the template has room for. The runtime waits for the parts that its
    // index names.
    private static V1VolumeProjection Source(string mock, int slot) => new()
    {
        ConfigMap = new V1ConfigMapProjection { Name = ChildNames.Bundle(mock, slot), Optional = slot == 0 ? null : true },
    };
}
