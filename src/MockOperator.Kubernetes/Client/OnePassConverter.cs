using System.Text.Json;
using System.Text.Json.Serialization;

namespace MockOperator.Kubernetes.Client;

/// <summary>
/// Reads objects of a kind by hand, straight from what has arrived of a list. A serializer has to be shown where an object ends before it reads it, and so reads everything twice.
/// </summary>
/// <remarks>
/// <see cref="JsonConverter{T}.Read"/> is tried where perhaps only a part of the object is there: it goes on with <see cref="Utf8JsonReader.Read"/> and <see cref="Utf8JsonReader.TrySkip"/>, and where these say that
/// there is no more, it may return or throw what it wants, soon. The object is asked for again when it is there whole, and then also for what is wrong with it.
/// </remarks>
/// <typeparam name="T">The type of the objects.</typeparam>
public abstract class OnePassConverter<T> : JsonConverter<T>
    where T : class;
