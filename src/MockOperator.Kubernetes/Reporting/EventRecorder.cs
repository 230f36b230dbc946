using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Measuring;

namespace MockOperator.Kubernetes.Reporting;

/// <summary>Publishes events.k8s.io/v1 Events in the background.</summary>
/// <remarks>
/// <para>Promises: publishing never blocks and never throws; a repeat (same object, reason, type and text) within the window becomes part of a series, written at most once an
/// interval; what waits and what is remembered is bounded (I7); texts are cut at 1,024 bytes.</para>
/// <para>Does not promise delivery: an event that the server refuses is dropped and counted. Nothing may depend on events.</para>
/// </remarks>
public sealed partial class EventRecorder
{
    private const int LongestNote = 1024;

    private readonly ResourceClient _client;
    private readonly EventRecorderOptions _options;
    private readonly TimeProvider _time;
    private readonly OperatorMetrics? _metrics;
    private readonly ILogger _log;
    private readonly Channel<Occurrence> _waiting;
    private readonly Dictionary<string, Series> _series = new(StringComparer.Ordinal);
    private int _queued;

    /// <summary>Makes a recorder.</summary>
    /// <param name="client">What writes; its writes are not part of any reconcile.</param>
    /// <param name="options">Names, bounds and waits.</param>
    /// <param name="log">The log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Counts what was dropped; null for nowhere.</param>
    public EventRecorder(ResourceClient client, EventRecorderOptions options, ILogger log, TimeProvider? time = null, OperatorMetrics? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _client = client;
        _options = options;
        _log = log;
        _time = time ?? TimeProvider.System;
        _metrics = metrics;
        _waiting = Channel.CreateBounded<Occurrence>(
            new BoundedChannelOptions(options.Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Dropped());
    }

    /// <summary>The number of series remembered.</summary>
    public int RememberedSeries => _series.Count;

    /// <summary>Queues an event; see <see cref="EventPublisher"/>.</summary>
    /// <param name="entity">The object that it is about.</param>
    /// <param name="reason">Why, as one CamelCase word.</param>
    /// <param name="message">What happened.</param>
    /// <param name="type">Whether somebody should act.</param>
    /// <param name="cancellationToken">When cancelled, nothing is queued.</param>
    /// <returns>A completed task.</returns>
    public Task PublishAsync(
        IKubernetesObject<V1ObjectMeta> entity, string reason, string message, EventType type = EventType.Normal, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        if (cancellationToken.IsCancellationRequested)
            return Task.CompletedTask;
        var kind = ResourceKind.Of(entity.GetType());
        var about = new V1ObjectReference
        {
            ApiVersion = kind.ApiVersion,
            Kind = kind.Kind,
            Name = entity.Metadata.Name,
            NamespaceProperty = entity.Metadata.NamespaceProperty,
            Uid = entity.Metadata.Uid,
            ResourceVersion = entity.Metadata.ResourceVersion,
        };
        Interlocked.Increment(ref _queued);
        if (!_waiting.Writer.TryWrite(new Occurrence(about, reason, Cut(message ?? ""), type, _time.GetUtcNow().UtcDateTime)))
            Dropped();
        return Task.CompletedTask;
    }

    /// <summary>Writes queued events until cancelled.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends then.</returns>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var occurrence in _waiting.Reader.ReadAllAsync(cancellationToken))
            {
                try
                {
                    await WriteAsync(occurrence, cancellationToken);
                }
                catch (ApiException e)
                {
                    _metrics?.EventsDropped.Inc();
                    LogDropped(occurrence.Reason, e.Message);
                }
                finally
                {
                    Interlocked.Decrement(ref _queued);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The usual end.
        }
    }

    /// <summary>Waits until what is queued now has been written, while <see cref="RunAsync"/> runs.</summary>
    /// <param name="timeout">The longest wait.</param>
    /// <returns>Whether all was written.</returns>
    public async Task<bool> FlushAsync(TimeSpan timeout)
    {
        var started = _time.GetTimestamp();
        while (Volatile.Read(ref _queued) > 0)
        {
            if (_time.GetElapsedTime(started) >= timeout)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time);
        }

        return true;
    }

    private async Task WriteAsync(Occurrence occurrence, CancellationToken cancellationToken)
    {
        var id = $"{occurrence.About.Uid}/{occurrence.About.Kind}/{occurrence.About.NamespaceProperty}/{occurrence.About.Name}/{occurrence.Reason}/{occurrence.Type}/{occurrence.Note}";
        if (_series.TryGetValue(id, out var series) && occurrence.At - series.LastSeen <= _options.SeriesWindow)
        {
            series.Count++;
            series.LastSeen = occurrence.At;
            if (series.Count > 2 && occurrence.At - series.LastWritten < _options.SeriesInterval)
                return;
            try
            {
                await _client.MergePatchAsync<MetadataOf<Eventsv1Event>>(series.Key, SeriesPatch(series), cancellationToken);
                series.LastWritten = occurrence.At;
                return;
            }
            catch (ApiException e) when (e.Kind == ApiFailure.NotFound)
            {
                // The server forgets events after an hour: begin a new one.
            }
        }

        var written = await _client.CreateAsync(ToEvent(occurrence), cancellationToken);
        _series[id] = new Series(ObjectKey.Of(written)) { LastSeen = occurrence.At, LastWritten = occurrence.At };
        Forget(occurrence.At);
    }

    private void Forget(DateTime now)
    {
        if (_series.Count <= _options.Series)
            return;
        foreach (var (id, _) in _series.Where(s => now - s.Value.LastSeen > _options.SeriesWindow).ToList())
            _series.Remove(id);
        // Still too many: the quarter that was silent longest, so that this is not done for each event.
        if (_series.Count > _options.Series)
        {
            foreach (var (id, _) in _series.OrderBy(s => s.Value.LastSeen).Take(Math.Max(1, _options.Series / 4)).ToList())
                _series.Remove(id);
        }
    }

    private Eventsv1Event ToEvent(Occurrence occurrence) => new()
    {
        Metadata = new V1ObjectMeta
        {
            GenerateName = Cut(occurrence.About.Name ?? "event", 200) + "-",
            NamespaceProperty = string.IsNullOrEmpty(occurrence.About.NamespaceProperty) ? _options.DefaultNamespace : occurrence.About.NamespaceProperty,
        },
        Regarding = occurrence.About,
        Reason = occurrence.Reason,
        Action = occurrence.Reason,
        Note = occurrence.Note,
        Type = occurrence.Type.ToString(),
        ReportingController = _options.Controller,
        ReportingInstance = _options.Instance,
        EventTime = Micro(occurrence.At),
    };

    private ReadOnlyMemory<byte> SeriesPatch(Series series) => JsonSerializer.SerializeToUtf8Bytes(
        new Eventsv1Event { Series = new Eventsv1EventSeries { Count = series.Count, LastObservedTime = Micro(series.LastSeen) } }, ApiJson.TypeOf<Eventsv1Event>(_client.Json));

    private void Dropped()
    {
        Interlocked.Decrement(ref _queued);
        _metrics?.EventsDropped.Inc();
    }

    private static string Cut(string text, int longest = LongestNote)
    {
        if (Encoding.UTF8.GetByteCount(text) <= longest)
            return text;
        var cut = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > longest)
                break;
            cut.Append(rune.ToString());
        }

        return cut.ToString();
    }

    /// <summary>The API wants a fraction in these times, and the serialiser leaves it out of whole seconds.</summary>
    private static DateTime Micro(DateTime time) => time.Ticks % TimeSpan.TicksPerSecond == 0 ? time.AddMicroseconds(1) : time;

    [LoggerMessage(Level = LogLevel.Debug, Message = "An event {Reason} was not published: {Why}")]
    private partial void LogDropped(string reason, string why);

    private sealed record Occurrence(V1ObjectReference About, string Reason, string Note, EventType Type, DateTime At);

    private sealed class Series(ObjectKey key)
    {
        public ObjectKey Key { get; } = key;

        public int Count { get; set; } = 1;

        public DateTime LastSeen { get; set; }

        public DateTime LastWritten { get; set; }
    }
}
