namespace MockOperator.Mocking.Collections.Documents;

/// <summary>Walks the elements of an array.</summary>
internal struct DocumentElements
{
    private readonly JsonSource? source;
    private readonly DocumentPath path;
    private int position;
    private int index;
    private int currentStart;

    internal DocumentElements(JsonSource source, int start, DocumentPath path)
    {
        this.source = source;
        this.path = path;
        position = start + 1;
        index = -1;
    }

    /// <summary>The element that the walk stands on.</summary>
    public readonly DocumentNode Current => new(source!, currentStart, position, path.Element(index));

    /// <summary>The element as it is written: for millions of elements that need no place of their own.</summary>
    public readonly ReadOnlySpan<byte> CurrentRaw => source!.Json.Span[currentStart..position];

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

        currentStart = position;
        position = source.EndOfValue(position);
        index++;
        return true;
    }
}
