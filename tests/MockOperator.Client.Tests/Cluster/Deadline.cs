namespace MockOperator.Client.Tests.Cluster;

/// <summary>The end of all that one test waits for.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public Deadline() => _end.CancelAfter(TimeSpan.FromMinutes(2));

    public CancellationToken Token => _end.Token;

    public void Dispose() => _end.Dispose();
}
