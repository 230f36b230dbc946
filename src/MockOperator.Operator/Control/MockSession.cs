namespace MockOperator.Operator.Control;

/// <summary>
/// The control channel's side of one mock, for as long as the mock exists: which of its pods are followed, and what was pushed to them. A mock that is deleted and made
/// again has another one. To dispose of it ends all that is under way.
/// </summary>
/// <param name="ns">Namespace of the mock.</param>
/// <param name="name">Name of the mock.</param>
/// <param name="uid">UID of the mock.</param>
public sealed class MockSession(string ns, string name, string uid) : IDisposable
{
    /// <summary>Namespace of the mock.</summary>
    public string Namespace { get; } = ns;

    /// <summary>Name of the mock.</summary>
    public string Name { get; } = name;

    /// <summary>UID of the mock.</summary>
    public string Uid { get; } = uid;

    /// <summary>What is known of its pods, by their UIDs. Guarded by its own lock.</summary>
    internal Dictionary<string, PodInquiry> Inquiries { get; } = new(StringComparer.Ordinal);

    /// <summary>What was pushed to its pods.</summary>
    internal PushTrail Pushes { get; } = new();

    /// <summary>Ends what is under way.</summary>
    public void Dispose()
    {
        Pushes.Cancel();
        lock (Inquiries)
        {
            foreach (PodInquiry inquiry in Inquiries.Values)
            {
                inquiry.Cancel();
            }

            Inquiries.Clear();
        }
    }
}
