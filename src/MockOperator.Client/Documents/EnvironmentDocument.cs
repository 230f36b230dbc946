namespace MockOperator.Client.Documents;

/// <summary>An environment as Postman exported it.</summary>
public sealed class EnvironmentDocument
{
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
    /// <param name="bytes">The file, plain or wrapped as <c>{"environment": …}</c>. It is kept.</param>
    /// <returns>The document.</returns>
    /// <exception cref="DocumentException">It is none. No value of it is quoted.</exception>
    public static EnvironmentDocument Read(ReadOnlyMemory<byte> bytes) => throw new NotImplementedException();
}
