using System.Text;

namespace MockOperator.Mocking.Collections.Documents;

/// <summary>A property of an object: positions only, decoded on demand.</summary>
internal readonly struct DocumentProperty
{
    private readonly JsonSource source;
    private readonly DocumentPath owner;
    private readonly int nameStart;
    private readonly int nameEnd;

    internal DocumentProperty(JsonSource source, DocumentPath owner, int nameStart, int nameEnd, int valueStart, int valueEnd)
    {
        this.source = source;
        this.owner = owner;
        this.nameStart = nameStart;
        this.nameEnd = nameEnd;
        ValueStart = valueStart;
        ValueEnd = valueEnd;
    }

    /// <summary>Where the value starts in the document.</summary>
    public int ValueStart { get; }

    /// <summary>The position after the value.</summary>
    public int ValueEnd { get; }

    /// <summary>The value. Its place is that of the object: names of a map are the author's own and may be of any length.</summary>
    public DocumentNode Value => new(source, ValueStart, ValueEnd, owner);

    private ReadOnlySpan<byte> RawName => source.Json.Span[nameStart..nameEnd];

    /// <summary>Decodes the name.</summary>
    public string Name() => JsonText.Decode(RawName, out _);

    /// <summary>Whether the name, once decoded, is <paramref name="name"/>, which is ASCII.</summary>
    public bool HasName(string name) =>
        RawName.Contains((byte)'\\') ? Name() == name : Ascii.Equals(RawName, name);
}
