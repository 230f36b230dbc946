namespace MockOperator.Mocking.Collections.Documents;

/// <summary>Walks the elements of an array.</summary>
internal struct DocumentElements
{
    private readonly JsonSource? source;
    private readonly DocumentPath path;
    private int position;
    private int index;

    internal DocumentElements(JsonSource source, int start, DocumentPath path)
    {
        this.source = source;
        this.path = path;
        position = start + 1;
        index = -1;
    }

    /// <summary>The element that the walk stands on.</summary>
    public DocumentNode Current { get; private set; }

    /// <summary>Index of <see cref="Current"/>, from 0.</summary>
    public readonly int Index => index;

    /// <summary>For <c>foreach</c>.</summary>
    public readonly DocumentElements GetEnumerator() => this;

    /// <summary>Goes to the next element.</summary>
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

        if (json[position] == (byte)']')
        {
            return false;
        }

        int end = source.EndOfValue(position);
        Current = new DocumentNode(source, position, end, path.Element(++index));
        position = end;
        return true;
    }
}
