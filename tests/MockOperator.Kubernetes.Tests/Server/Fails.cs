using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Tests.Server;

/// <summary>Calls that must fail in a certain way.</summary>
internal static class Fails
{
    public static async Task<ApiException> AsAsync(ApiFailure kind, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<ApiException>(call);
        Assert.Equal(kind, failure.Kind);
        return failure;
    }
}
