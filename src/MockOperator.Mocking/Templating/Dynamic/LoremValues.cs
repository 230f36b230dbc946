namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Filler text in something like Latin.</summary>
internal static class LoremValues
{
    private static readonly WordList s_words = new(
        """
        lorem|ipsum|dolor|sit|amet|consectetur|adipiscing|elit|sed|do|eiusmod|tempor|incididunt|ut|labore|et|dolore|magna|aliqua|enim|ad|minim|veniam|quis|nostrud
        exercitation|ullamco|laboris|nisi|aliquip|ex|ea|commodo|consequat|duis|aute|irure|in|reprehenderit|voluptate|velit|esse|cillum|eu|fugiat|nulla|pariatur
        excepteur|sint|occaecat|cupidatat|non|proident|sunt|culpa|qui|officia|deserunt|mollit|anim|id|est|laborum|perspiciatis|unde|omnis|iste|natus|error
        voluptatem|accusantium|doloremque|laudantium|totam|rem|aperiam|eaque|ipsa|quae|ab|illo|inventore|veritatis|quasi|architecto|beatae|vitae|dicta
        explicabo|nemo|ipsam|quia|voluptas|aspernatur|aut|odit|fugit|consequuntur|magni|dolores|eos|ratione|sequi|nesciunt|neque|porro|quisquam|numquam|eius
        modi|tempora|incidunt|magnam|quaerat|soluta|nobis|eligendi|optio|cumque|nihil|impedit|quo|minus|placeat|facere|possimus|assumenda|repellendus
        """u8);

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$randomLoremWord", s_words.AsValue()),
        ("$randomLoremWords", static (ref sink, ref context) => WriteWords(ref sink, ref context.Random, 3, (byte)' ')),
        ("$randomLoremSentence", static (ref sink, ref context) => WriteSentence(ref sink, ref context.Random)),
        ("$randomLoremSentences", static (ref sink, ref context) => WriteSentences(ref sink, ref context.Random, context.Random.Between(2, 6), (byte)' ')),
        ("$randomLoremParagraph", static (ref sink, ref context) => WriteParagraph(ref sink, ref context.Random)),
        ("$randomLoremParagraphs", static (ref sink, ref context) => WriteParagraphs(ref sink, ref context.Random, 3)),
        ("$randomLoremText", WriteText),
        ("$randomLoremSlug", static (ref sink, ref context) => WriteWords(ref sink, ref context.Random, 3, (byte)'-')),
        ("$randomLoremLines", static (ref sink, ref context) => WriteSentences(ref sink, ref context.Random, context.Random.Between(1, 5), (byte)'\n')),
    ];

    private static void WriteWords(ref Utf8Sink sink, ref RandomStream random, int count, byte separator)
    {
        for (int index = 0; index < count; index++)
        {
            if (index > 0)
            {
                sink.Write(separator);
            }

            sink.Write(s_words.Pick(ref random));
        }
    }

    private static void WriteSentence(ref Utf8Sink sink, ref RandomStream random)
    {
        sink.WriteCapital(s_words.Pick(ref random));
        sink.Write((byte)' ');
        WriteWords(ref sink, ref random, random.Between(2, 9), (byte)' ');
        sink.Write((byte)'.');
    }

    private static void WriteSentences(ref Utf8Sink sink, ref RandomStream random, int count, byte separator)
    {
        for (int index = 0; index < count; index++)
        {
            if (index > 0)
            {
                sink.Write(separator);
            }

            WriteSentence(ref sink, ref random);
        }
    }

    private static void WriteParagraph(ref Utf8Sink sink, ref RandomStream random) =>
        WriteSentences(ref sink, ref random, random.Between(3, 6), (byte)' ');

    private static void WriteParagraphs(ref Utf8Sink sink, ref RandomStream random, int count)
    {
        for (int index = 0; index < count; index++)
        {
            if (index > 0)
            {
                sink.Write((byte)'\n');
            }

            WriteParagraph(ref sink, ref random);
        }
    }

    private static void WriteText(ref Utf8Sink sink, ref RenderContext context)
    {
        ref RandomStream random = ref context.Random;
        switch (random.Below(5))
        {
            case 0:
                WriteWords(ref sink, ref random, random.Between(3, 12), (byte)' ');
                break;
            case 1:
                WriteSentence(ref sink, ref random);
                break;
            case 2:
                WriteSentences(ref sink, ref random, random.Between(2, 6), (byte)' ');
                break;
            case 3:
                WriteParagraph(ref sink, ref random);
                break;
            default:
                WriteParagraphs(ref sink, ref random, random.Between(2, 3));
                break;
        }
    }
}
