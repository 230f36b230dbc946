using System.Text.Json;

namespace MockOperator.Kubernetes.Client;

/// <summary>How a <see cref="ResourceClient"/> writes and retries.</summary>
public sealed record ResourceClientOptions
{
    /// <summary>The owner of what is applied. Never change it between releases: fields stay owned by the old name.</summary>
    public string FieldManager { get; init; } = "operator";

    /// <summary>The owner of applied statuses; null for <see cref="FieldManager"/> followed by <c>-status</c>.</summary>
    public string? StatusFieldManager { get; init; }

    /// <summary>What the server does with unknown fields: <c>Strict</c>, <c>Warn</c> or <c>Ignore</c>. Servers before 1.25 take no notice.</summary>
    public string FieldValidation { get; init; } = "Warn";

    /// <summary>JSON rules; see <see cref="ApiJson.Create"/>.</summary>
    public JsonSerializerOptions Json { get; init; } = ApiJson.Create();

    /// <summary>Time for one attempt.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts after the first, 0 to 10.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The first wait between attempts; doubles each time, with jitter, unless the server names one.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between attempts, also when the server asks for more.</summary>
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The connection to take.</summary>
    public TransportLane Lane { get; init; } = TransportLane.Unary;

    /// <summary>Source of jitter.</summary>
    public Random Random { get; init; } = Random.Shared;
}
