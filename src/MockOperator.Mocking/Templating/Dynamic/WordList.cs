namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>A fixed list of words, kept as one piece of UTF-8.</summary>
internal sealed class WordList
{
    private readonly byte[] _text;
    private readonly int[] _bounds;

    /// <summary>Reads words that are separated by bars or line ends.</summary>
    public WordList(ReadOnlySpan<byte> words)
    {
        _text = words.ToArray();
        List<int> bounds = [];
        int start = 0;
        for (int position = 0; position <= _text.Length; position++)
        {
            if (position == _text.Length || _text[position] is (byte)'|' or (byte)'\n' or (byte)'\r')
            {
                if (position > start)
                {
                    bounds.Add(start);
                    bounds.Add(position);
                }

                start = position + 1;
            }
        }

        _bounds = [.. bounds];
    }

    public int Count => _bounds.Length / 2;

    public ReadOnlySpan<byte> this[int index] => _text.AsSpan(_bounds[index * 2].._bounds[(index * 2) + 1]);

    public ReadOnlySpan<byte> Pick(ref RandomStream random) => this[random.Below(Count)];

    /// <summary>The dynamic variable whose values are the words of this list.</summary>
    public DynamicValue AsValue() => (ref sink, ref context) => sink.Write(Pick(ref context.Random));

    /// <summary>Writes a word of each list, with spaces between them.</summary>
    public static void WriteWords(ref Utf8Sink sink, ref RandomStream random, params ReadOnlySpan<WordList> lists)
    {
        bool isFirst = true;
        foreach (WordList list in lists)
        {
            if (!isFirst)
            {
                sink.Write((byte)' ');
            }

            sink.Write(list.Pick(ref random));
            isFirst = false;
        }
    }
}
