namespace MockOperator.Mocking.Collections.Documents;

/// <summary>Walks the properties of an object.</summary>
internal struct DocumentProperties
{
    private readonly JsonSource? source;
    private readonly DocumentPath path;
    private int position;

    internal DocumentProperties(JsonSource source, int start, DocumentPath path)
    {
        this.source = source;
        this.path = path;
        position = start + 1;
    }

    /// <summary>The property that the walk stands on.</summary>
    public DocumentProperty Current { get; private set; }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly DocumentProperties GetEnumerator() => this;

    /// <summary>Goes to the next property.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        if (source is null)
        {
            return false;
        }

        ReadOnlySpan<byte> json = source.Json.Span;
        position = JsonScan.SkipWhiteSpace(json, position);
        if (json[position] == (byte)',')
        {
            position = JsonScan.SkipWhiteSpace(json, position + 1);
        }

        if (json[position] == (byte)'}')
        {
            return false;
        }

        int nameEnd = JsonScan.EndOfText(json, position);
        int colon = JsonScan.SkipWhiteSpace(json, nameEnd);
        int valueStart = JsonScan.SkipWhiteSpace(json, colon + 1);
        int valueEnd = source.EndOfValue(valueStart);
        Current = new DocumentProperty(source, path, position + 1, nameEnd - 1, valueStart, valueEnd);
        position = valueEnd;
        return true;
    }
}
