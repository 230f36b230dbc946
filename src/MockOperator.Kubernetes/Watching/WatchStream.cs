using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Watching;

/// <summary>One watch connection, from request to end.</summary>
/// <remarks>
/// <para>Promises: events in order, each told as soon as its line is complete, wherever the network cuts it; an event that cannot be read is told as
/// <see cref="WatchEventKind.Unreadable"/> and does not end the stream; of a bookmark only the version is read; the end of the stream ends the enumeration
/// without a fault; a server that sends no headers within <see cref="HeaderTimeout"/>, or no byte for the watch's duration and 5 s, is given up; leaving the
/// enumeration closes the connection.</para>
/// <para>Does not promise: to reconnect (see <see cref="Reflector{T}"/>).</para>
/// </remarks>
/// <param name="transport">The connections.</param>
/// <param name="json">JSON rules.</param>
/// <param name="time">The clock of deadlines.</param>
public sealed class WatchStream(ApiTransport transport, JsonSerializerOptions json, TimeProvider? time = null)
{
    /// <summary>The longest wait for the answer's headers.</summary>
    public static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan IdleMargin = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Opens a watch; the request is sent when enumeration begins.</summary>
    /// <typeparam name="T">The kind; <see cref="MetadataOf{T}"/> for metadata alone.</typeparam>
    /// <param name="query">What to watch.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>The events.</returns>
    /// <exception cref="ApiException">The server refused, cannot be reached, or fell silent.</exception>
    public async IAsyncEnumerable<WatchEvent<T>> OpenAsync<T>(WatchQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(query);
        var kind = ResourceKind.Of<T>();
        var request = new ApiRequest(HttpMethod.Get, kind, kind.Path(query.Namespace) + query.ToQueryString()) { Accept = ResourceClient.AcceptOf<T>() };

        using var silence = new CancellationTokenSource(HeaderTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        using var answer = await GuardAsync(() => ConnectAsync(request, either.Token), request, silence, cancellationToken);
        var reader = PipeReader.Create(
            await GuardAsync(() => answer.Content.ReadAsStreamAsync(either.Token), request, silence, cancellationToken),
            new StreamPipeReaderOptions(bufferSize: 16 * 1024, minimumReadSize: 4 * 1024));
        try
        {
            while (true)
            {
                silence.CancelAfter(query.Duration + IdleMargin);
                var read = await GuardAsync(() => reader.ReadAsync(either.Token).AsTask(), request, silence, cancellationToken);
                var buffer = read.Buffer;
                while (TryTakeLine(ref buffer, out var line))
                {
                    if (Parse<T>(line) is { } @event)
                        yield return @event;
                }

                if (buffer.Length > query.LongestEvent)
                    throw Lost(request, $"an event is longer than {query.LongestEvent} bytes");
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                    yield break;
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private async Task<HttpResponseMessage> ConnectAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(TransportLane.Watch, request.ToMessage(), cancellationToken);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw ApiCaller.Failure(request, answer, await answer.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private static async Task<TResult> GuardAsync<TResult>(
        Func<Task<TResult>> step, ApiRequest request, CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        try
        {
            return await step();
        }
        catch (Exception e) when (ApiCaller.IsTransportFault(e) && !cancellationToken.IsCancellationRequested)
        {
            throw Lost(request, silence.IsCancellationRequested ? "the server fell silent" : e.Message, e);
        }
    }

    private static ApiException Lost(ApiRequest request, string why, Exception? inner = null) =>
        new($"WATCH {request.Kind}: {why}", ApiError.NoAnswer(why), inner);

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is not { } end)
        {
            line = default;
            return false;
        }

        line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return true;
    }

    private WatchEvent<T>? Parse<T>(in ReadOnlySequence<byte> line)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (line.IsSingleSegment)
            return Parse<T>(line.FirstSpan);
        var rented = ArrayPool<byte>.Shared.Rent((int)line.Length);
        try
        {
            line.CopyTo(rented);
            return Parse<T>(rented.AsSpan(0, (int)line.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private WatchEvent<T>? Parse<T>(ReadOnlySpan<byte> line)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (line.Trim(" \t\r"u8).IsEmpty)
            return null;

        WatchEventKind? kind = null;
        ReadOnlySpan<byte> body = default;
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth });
            reader.Read();
            while (reader.TokenType != JsonTokenType.None && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isType = reader.ValueTextEquals("type"u8);
                var isObject = reader.ValueTextEquals("object"u8);
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                if (isType)
                    kind = KindOf(ref reader);
                reader.Skip();
                if (isObject)
                    body = line[start..(int)reader.BytesConsumed];
            }
        }
        catch (JsonException)
        {
            return Unreadable<T>(new UnreadableObject(null, null, "an event is no JSON"));
        }

        return kind switch
        {
            WatchEventKind.Bookmark => new WatchEvent<T>(WatchEventKind.Bookmark, null, ObjectReading.Peek(body).ResourceVersion),
            WatchEventKind.Error => new WatchEvent<T>(WatchEventKind.Error, null, null, ApiError.Read(body.ToArray(), default)),
            { } known when !body.IsEmpty => ObjectReading.TryRead<T>(body, json, out var problem) is { Metadata.Name: { Length: > 0 } } entity
                ? new WatchEvent<T>(known, entity, entity.Metadata.ResourceVersion)
                : Unreadable<T>(problem ?? new UnreadableObject(null, null, "an object without a name")),
            _ => Unreadable<T>(new UnreadableObject(null, null, "an event of no known type")),
        };
    }

    private static WatchEvent<T> Unreadable<T>(UnreadableObject what)
        where T : class =>
        new(WatchEventKind.Unreadable, null, what.ResourceVersion, Unreadable: what);

    private static WatchEventKind? KindOf(ref Utf8JsonReader reader) => reader.TokenType != JsonTokenType.String ? null
        : reader.ValueTextEquals("ADDED"u8) ? WatchEventKind.Added
        : reader.ValueTextEquals("MODIFIED"u8) ? WatchEventKind.Modified
        : reader.ValueTextEquals("DELETED"u8) ? WatchEventKind.Deleted
        : reader.ValueTextEquals("BOOKMARK"u8) ? WatchEventKind.Bookmark
        : reader.ValueTextEquals("ERROR"u8) ? WatchEventKind.Error
        : null;
}
