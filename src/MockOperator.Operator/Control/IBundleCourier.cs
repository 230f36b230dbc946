namespace MockOperator.Operator.Control;

/// <summary>Hands bundles to runtime pods, ahead of the files that their kubelets mount.</summary>
public interface IBundleCourier
{
    /// <summary>Hands a bundle to a pod and waits until the pod serves it.</summary>
    /// <param name="pod">The pod; its address is set.</param>
    /// <param name="token">The token of its mock.</param>
    /// <param name="parcel">The bundle.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="HttpRequestException">The pod could not be reached, or refused: then the status is set.</exception>
    Task PushAsync(RuntimePod pod, string token, BundleParcel parcel, CancellationToken cancellation);
}
