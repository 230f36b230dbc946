using System.Text;
using System.Text.Json;

namespace MockOperator.Mocking.Collections.Documents;

/// <summary>A value of a document, with its place. Reading never throws: what is absent or of another type is <see cref="JsonValueKind.Undefined"/>.</summary>
internal readonly struct DocumentNode
{
    private readonly JsonSource? source;
    private readonly int start;
    private readonly int end;
    private readonly DocumentPath? path;

    internal DocumentNode(JsonSource source, int start, int end, DocumentPath path)
    {
        this.source = source;
        this.start = start;
        this.end = end;
        this.path = path;
    }

    /// <summary>Where the value stands.</summary>
    public DocumentPath Path => path ?? DocumentPath.Root;

    /// <summary>The value as it is written.</summary>
    public ReadOnlySpan<byte> Raw => source is null ? default : source.Json.Span[start..end];

    /// <summary>The JSON type.</summary>
    public JsonValueKind Kind => source is null
        ? JsonValueKind.Undefined
        : source.Json.Span[start] switch
        {
            (byte)'{' => JsonValueKind.Object,
            (byte)'[' => JsonValueKind.Array,
            (byte)'"' => JsonValueKind.String,
            (byte)'t' => JsonValueKind.True,
            (byte)'f' => JsonValueKind.False,
            (byte)'n' => JsonValueKind.Null,
            _ => JsonValueKind.Number,
        };

    /// <summary>Whether the value is missing or <c>null</c>.</summary>
    public bool IsAbsent => Kind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>Elements of an array; nothing for any other type.</summary>
    public DocumentElements Elements => Kind == JsonValueKind.Array ? new DocumentElements(source!, start, Path) : default;

    /// <summary>Properties of an object in order, repeated ones included; nothing for any other type.</summary>
    public DocumentProperties Properties => Kind == JsonValueKind.Object ? new DocumentProperties(source!, start, Path) : default;

    /// <summary>The property of that name; of repeated ones the last, as JavaScript has it. The name is ASCII.</summary>
    public DocumentNode this[string name]
    {
        get
        {
            int foundStart = -1;
            int foundEnd = -1;
            foreach (DocumentProperty property in Properties)
            {
                if (property.HasName(name))
                {
                    (foundStart, foundEnd) = (property.ValueStart, property.ValueEnd);
                }
            }

            return foundStart < 0 ? default : new DocumentNode(source!, foundStart, foundEnd, Path.Property(name));
        }
    }

    /// <summary>Decodes a text. Only for <see cref="JsonValueKind.String"/>.</summary>
    /// <param name="repaired">Whether something stood there that is no Unicode text.</param>
    public string Decode(out bool repaired) => JsonText.Decode(Raw[1..^1], out repaired);

    /// <summary>As <see cref="Decode"/>, in UTF-8.</summary>
    public byte[] DecodeUtf8(out bool repaired) => JsonText.DecodeUtf8(Raw[1..^1], out repaired);

    /// <summary>The value as it is written, as text.</summary>
    public string RawText() => Encoding.UTF8.GetString(Raw);
}
