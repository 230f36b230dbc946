using System.Text.Json;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kinds;

/// <summary>
/// Reading of JSON member by member, for what is read a thousand times for one page: a serializer takes four times as long, for it fills what nobody asks for and looks up what is known here. A value of another
/// type than the one that is asked for is refused by an exception that <see cref="ListedMockReading"/> turns into a <see cref="JsonException"/>.
/// </summary>
internal static class MemberReading
{
    // As the API server writes times: RFC 3339, UTC, whole seconds (https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#Time.MarshalJSON).
    private const int LengthOfTime = 20;

    /// <summary>Goes into an object.</summary>
    /// <returns>False for null.</returns>
    public static bool Enters(this ref Utf8JsonReader reader) => Enters(ref reader, JsonTokenType.StartObject);

    /// <summary>Goes into an array.</summary>
    /// <returns>False for null.</returns>
    public static bool EntersArray(this ref Utf8JsonReader reader) => Enters(ref reader, JsonTokenType.StartArray);

    /// <summary>Goes on to the name of the next member.</summary>
    /// <returns>False at the end of the object.</returns>
    public static bool IsAtMember(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes on to the next element.</summary>
    /// <returns>False at the end of the array.</returns>
    public static bool IsAtElement(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Whether the member has this name; if so, goes on to its value.</summary>
    public static bool IsValueOf(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    /// <summary>Goes to the end of the member's value, whatever it is.</summary>
    public static void PassOver(this ref Utf8JsonReader reader)
    {
        reader.Read();
        // Skip refuses to work where more may follow the value.
        reader.TrySkip();
    }

    /// <summary>A number or null.</summary>
    public static int? Number(this ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32();

    /// <inheritdoc cref="Number"/>
    public static long? LongNumber(this ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.GetInt64();

    /// <summary>True, false or null.</summary>
    public static bool? Truth(this ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.GetBoolean();

    /// <summary>The name and version of a collection, or null.</summary>
    public static (string Name, string? Version)? NameAndVersion(this ref Utf8JsonReader reader)
    {
        if (!reader.Enters())
            return null;
        string? name = null, version = null;
        while (reader.IsAtMember())
        {
            if (reader.IsValueOf("name"u8))
                name = reader.GetString();
            else if (reader.IsValueOf("version"u8))
                version = reader.GetString();
            else
                reader.PassOver();
        }

        return (name ?? "", version);
    }

    /// <summary>A time or null.</summary>
    public static DateTime? Time(this ref Utf8JsonReader reader, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && reader.ValueSpan.Length == LengthOfTime && reader.ValueSpan.EndsWith("Z"u8) && reader.TryGetDateTime(out var time)
            ? time
            : reader.Whole<DateTime?>(options);

    /// <summary>A value that is rare, or seldom more than null: by the serializer.</summary>
    public static T? Whole<T>(this ref Utf8JsonReader reader, JsonSerializerOptions options) => JsonSerializer.Deserialize(ref reader, ApiJson.TypeOf<T>(options));

    private static bool Enters(ref Utf8JsonReader reader, JsonTokenType start) =>
        reader.TokenType == start || (reader.TokenType == JsonTokenType.Null ? false : throw new JsonException($"{reader.TokenType} instead of {start}"));
}
