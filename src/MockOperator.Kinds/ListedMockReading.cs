using System.Text.Json;
using k8s.Models;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kinds;

/// <summary>Reads a <see cref="ListedMock"/> of what the API server sends of a mock, in one go and nothing but what lists tell.</summary>
public sealed class ListedMockReading : OnePassConverter<ListedMock>
{
    private delegate T? Reading<T>(ref Utf8JsonReader reader, JsonSerializerOptions options);

    /// <inheritdoc/>
    public override ListedMock? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (!reader.Enters())
            return null;
        var mock = new ListedMock();
        while (reader.IsAtMember())
        {
            if (reader.IsValueOf("metadata"u8))
                mock.Metadata = ReadPart(ref reader, options, "$.metadata", ReadMetadata) ?? new V1ObjectMeta();
            else if (reader.IsValueOf("spec"u8))
                mock.Spec = ReadPart(ref reader, options, "$.spec", ListedMockSpec.Read);
            else if (reader.IsValueOf("status"u8))
                mock.Status = ReadPart(ref reader, options, "$.status", ListedMockStatus.Read);
            else
                reader.PassOver();
        }

        return mock;
    }

    /// <summary>Never: what lists leave out would be lost.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void Write(Utf8JsonWriter writer, ListedMock value, JsonSerializerOptions options) =>
        throw new NotSupportedException("A mock as lists read it is not whole, and so it is never written.");

    private static T? ReadPart<T>(ref Utf8JsonReader reader, JsonSerializerOptions options, string path, Reading<T> read)
        where T : class
    {
        try
        {
            return read(ref reader, options);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or JsonException)
        {
            throw new JsonException("A value is not of the type that it should be.", path, null, null, e);
        }
    }

    private static V1ObjectMeta? ReadMetadata(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (!reader.Enters())
            return null;
        var metadata = new V1ObjectMeta();
        while (reader.IsAtMember())
        {
            if (reader.IsValueOf("name"u8))
                metadata.Name = reader.GetString();
            else if (reader.IsValueOf("namespace"u8))
                metadata.NamespaceProperty = reader.GetString();
            else if (reader.IsValueOf("generation"u8))
                metadata.Generation = reader.LongNumber();
            else if (reader.IsValueOf("creationTimestamp"u8))
                metadata.CreationTimestamp = reader.Time(options);
            else if (reader.IsValueOf("deletionTimestamp"u8))
                metadata.DeletionTimestamp = reader.Time(options);
            else if (reader.IsValueOf("managedFields"u8))
                metadata.ManagedFields = ReadBooks(ref reader, options);
            else
                reader.PassOver();
        }

        return metadata;
    }

    private static List<V1ManagedFieldsEntry>? ReadBooks(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (!reader.EntersArray())
            return null;
        var books = new List<V1ManagedFieldsEntry>();
        while (reader.IsAtElement())
        {
            if (ReadBook(ref reader, options) is { } book)
                books.Add(book);
        }

        return books;
    }

    private static V1ManagedFieldsEntry? ReadBook(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (!reader.Enters())
            return null;
        var book = new V1ManagedFieldsEntry();
        while (reader.IsAtMember())
        {
            if (reader.IsValueOf("manager"u8))
                book.Manager = reader.GetString();
            else if (reader.IsValueOf("subresource"u8))
                book.Subresource = reader.GetString();
            else if (reader.IsValueOf("time"u8))
                book.Time = reader.Time(options);
            else
                reader.PassOver();
        }

        return book;
    }
}
