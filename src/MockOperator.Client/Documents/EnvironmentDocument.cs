using System.Text.Json;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Client.Documents;

/// <summary>An environment as Postman exported it.</summary>
public sealed class EnvironmentDocument
{
    /// <summary>Largest document in bytes: below the 1 MiB that a ConfigMap or a Secret may hold.</summary>
    public const int Largest = 900 * 1024;

    private EnvironmentDocument(ReadOnlyMemory<byte> bytes, string name, bool isSecret)
    {
        Bytes = bytes;
        Name = name;
        IsSecret = isSecret;
    }

    /// <summary>The document as it was given, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Its name in Postman; empty when it has none.</summary>
    public string Name { get; }

    /// <summary>Whether it holds a variable of type <c>secret</c>, so that it belongs into a Secret.</summary>
    public bool IsSecret { get; }

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">The file, plain or wrapped as <c>{"environment": …}</c>; at most <see cref="Largest"/>. It is kept.</param>
    /// <returns>The document.</returns>
    /// <exception cref="DocumentException">It is none. No value of it is quoted.</exception>
    public static EnvironmentDocument Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > Largest)
            throw new DocumentException($"The environment has {bytes.Length} bytes, and {Largest} fit into an object. Remove variables.");
        if (DocumentSniffer.Judge(bytes.Span) == DocumentKind.Manifest)
            throw new DocumentException("This is a Kubernetes manifest, not an environment that Postman exported. Apply it with kubectl as it is.");
        var loaded = PostmanEnvironmentReader.Read(bytes);
        return loaded.Issues.FirstOrDefault(static issue => issue.Severity == LoadIssueSeverity.Fatal) is { } fatal
            ? throw new DocumentException(fatal.Path.Length == 0 ? fatal.Message : $"{fatal.Path}: {fatal.Message}")
            : new EnvironmentDocument(bytes, loaded.Name, HoldsSecret(bytes.Span));
    }

    // Wherever it stands: a variable that is taken for secret by mistake costs less than one that is not.
    private static bool HoldsSecret(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json.StartsWith("\uFEFF"u8) ? json[3..] : json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var isType = false;
        while (reader.Read())
        {
            if (isType && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("secret"u8))
                return true;
            isType = reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("type"u8);
        }

        return false;
    }
}
