using System.Buffers;
using System.Text.Json;

namespace MockOperator.Kubernetes.Client;

/// <summary>
/// Reads the answer to a list while it arrives, object by object: what is in memory as text is the object that is being read, and no more of the others than a buffer holds. A bad object spoils only itself.
/// </summary>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <typeparam name="TOut">What is kept of each.</typeparam>
/// <param name="options">JSON rules of the objects.</param>
/// <param name="keep">Makes of an object what is kept.</param>
internal sealed class ListReading<T, TOut>(JsonSerializerOptions options, Func<T, TOut> keep)
    where T : class
{
    /// <summary>The longest object of a list, in bytes. Kubernetes stores none of more than a few MiB (https://etcd.io/docs/v3.5/dev-guide/limit/).</summary>
    public const int LongestObject = 16 * 1024 * 1024;

    private const int FirstBuffer = 32 * 1024;

    // The API server itself takes no more than this: deeper than what can be read of an object, so that one that is too deep spoils no list.
    private const int Deepest = 10_000;

    private readonly List<TOut> _items = [];
    private readonly List<UnreadableObject> _unreadable = [];
    private readonly OnePassConverter<T>? _onePass = ObjectReading.OnePass<T>(options);
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = Deepest });
    private Place _place;
    private string _version = "";
    private string _next = "";

    private enum Place
    {
        Beginning,
        Members,
        Items,
        End,
    }

    /// <summary>Reads the whole answer.</summary>
    /// <param name="answer">The answer's body.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JsonException">This is no list.</exception>
    /// <exception cref="InvalidDataException">An object is longer than <see cref="LongestObject"/>.</exception>
    public async Task<ResourcePage<TOut>> ReadAsync(Stream answer, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            for (var (kept, isEnd) = (0, false); !isEnd;)
            {
                if (kept == buffer.Length)
                    buffer = Grown(buffer);
                var length = kept + await answer.ReadAtLeastAsync(buffer.AsMemory(kept), buffer.Length - kept, throwOnEndOfStream: false, cancellationToken);
                isEnd = length < buffer.Length;
                var taken = Take(buffer.AsSpan(0, length), isEnd);
                kept = length - taken;
                buffer.AsSpan(taken, kept).CopyTo(buffer);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        // Taken for an empty list, such an answer would delete everything.
        return _version.Length > 0 ? new ResourcePage<TOut>(_items, _version, _next.Length == 0 ? null : _next, _unreadable) : throw new JsonException("The answer to a list has no resourceVersion.");
    }

    private static byte[] Grown(byte[] full)
    {
        if (full.Length >= LongestObject)
            throw new InvalidDataException($"an object of the list is longer than {LongestObject / (1024 * 1024)} MiB");
        var grown = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(grown, 0);
        ArrayPool<byte>.Shared.Return(full);
        return grown;
    }

    /// <summary>Reads as much as is there whole.</summary>
    /// <returns>So many bytes are done with.</returns>
    private int Take(ReadOnlySpan<byte> json, bool isEnd)
    {
        var reader = new Utf8JsonReader(json, isEnd, _state);
        var taken = 0;
        while (_place != Place.End && TryTakePart(ref reader, json))
        {
            taken = (int)reader.BytesConsumed;
            _state = reader.CurrentState;
        }

        return _place == Place.End ? json.Length : taken;
    }

    /// <summary>Reads a member of the list or an object of its items.</summary>
    /// <returns>False when the rest of it has not arrived.</returns>
    private bool TryTakePart(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (!reader.Read())
            return false;
        switch (_place)
        {
            case Place.Beginning:
                _place = reader.TokenType == JsonTokenType.StartObject ? Place.Members : throw new JsonException("The answer to a list is no object.");
                return true;
            case Place.Items:
                return reader.TokenType == JsonTokenType.EndArray ? Enter(Place.Members) : TryTakeItem(ref reader, json);
            default:
                return reader.TokenType == JsonTokenType.EndObject ? Enter(Place.End) : TryTakeMember(ref reader);
        }
    }

    private bool TryTakeMember(ref Utf8JsonReader reader)
    {
        var (isItems, isMetadata) = (reader.ValueTextEquals("items"u8), reader.ValueTextEquals("metadata"u8));
        if (!reader.Read())
            return false;
        if (isItems && reader.TokenType != JsonTokenType.Null)
            return reader.TokenType == JsonTokenType.StartArray ? Enter(Place.Items) : throw new JsonException("The items of a list are no array.");
        var value = reader;
        if (!reader.TrySkip())
            return false;
        if (isMetadata)
            TakeMetadata(ref value);
        return true;
    }

    private bool TryTakeItem(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (ReadAtOnce(ref reader) is { } read)
        {
            _items.Add(keep(read));
            return true;
        }

        var start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
            return false;
        if (ObjectReading.TryRead<T>(json[start..(int)reader.BytesConsumed], options, out var problem) is { } item)
            _items.Add(keep(item));
        else
            _unreadable.Add(problem!);
        return true;
    }

    /// <summary>Reads an object without looking for its end first.</summary>
    /// <returns>Null, and the reader is where it was, when it is not there whole, when it cannot be read, and where objects are not read so.</returns>
    private T? ReadAtOnce(ref Utf8JsonReader reader)
    {
        if (_onePass is null || reader.TokenType != JsonTokenType.StartObject)
            return null;
        var ahead = reader;
        try
        {
            var item = _onePass.Read(ref ahead, typeof(T), options);
            if (ahead.TokenType != JsonTokenType.EndObject || ahead.CurrentDepth != reader.CurrentDepth)
                return null;
            reader = ahead;
            return item;
        }
        catch (Exception e) when (ObjectReading.IsUnfit(e))
        {
            return null;
        }
    }

    private void TakeMetadata(ref Utf8JsonReader value) => ObjectReading.ReadMembers(ref value, (name, text) =>
    {
        if (name == "resourceVersion")
            _version = text;
        else if (name == "continue")
            _next = text;
    });

    private bool Enter(Place place)
    {
        _place = place;
        return true;
    }
}
