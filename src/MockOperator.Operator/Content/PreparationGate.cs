namespace MockOperator.Operator.Content;

/// <summary>Lets those who want the same content pass one after the other, so that the first prepares it for all.</summary>
public sealed class PreparationGate : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Number of those who hold it or wait.</summary>
    public int Users { get; set; }

    /// <summary>Whether the content was found to be large, so that whoever wants it needs a turn.</summary>
    public bool IsLarge { get; set; }

    /// <summary>Waits until nobody else prepares the content.</summary>
    public Task EnterAsync(CancellationToken cancellation) => _one.WaitAsync(cancellation);

    /// <summary>Lets the next one pass.</summary>
    public void Leave() => _one.Release();

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();
}
