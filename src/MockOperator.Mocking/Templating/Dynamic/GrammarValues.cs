namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Words and phrases of computing.</summary>
internal static class GrammarValues
{
    private static readonly WordList s_nouns = new(
        """
        driver|protocol|bandwidth|panel|microchip|program|port|card|array|interface|system|sensor|firewall|hard drive|pixel|alarm|feed|monitor|application
        transmitter|bus|circuit|capacitor|matrix|buffer|cache|cluster|compiler|kernel|packet|proxy|router|server|socket|thread|queue
        """u8);

    private static readonly WordList s_verbs = new(
        """
        back up|bypass|hack|override|compress|copy|navigate|index|connect|generate|quantify|calculate|synthesize|input|transmit|program|reboot|parse|encrypt|decrypt
        compile|debug|deploy|flush|format|mount|patch|ping|query|scan|stream|sync
        """u8);

    private static readonly WordList s_ingVerbs = new(
        """
        backing up|bypassing|hacking|overriding|compressing|copying|navigating|indexing|connecting|generating|quantifying|calculating|synthesizing|transmitting
        programming|parsing|encrypting|decrypting|compiling|debugging|deploying|flushing|formatting|mounting|patching|pinging|querying|scanning|streaming|syncing
        """u8);

    private static readonly WordList s_adjectives = new(
        """
        auxiliary|primary|back-end|digital|open-source|virtual|cross-platform|redundant|online|haptic|multi-byte|bluetooth|wireless|1080p|neural|optical|solid state
        mobile|analog|binary|cached|distributed|embedded|encrypted|modular|parallel|quantum|remote|secure|serial|wired
        """u8);

    private static readonly WordList s_words = new(
        """
        Account|Alpha|Array|Avenue|Balance|Bridge|Bronze|Capacity|Channels|Chair|Circle|Concrete|Cotton|Customer|Data|Delivery|Digital|Dynamic|Engine|Exchange
        Facility|Forward|Frame|Garden|Global|Granite|Harbor|Identity|Index|Interface|Island|Junction|Knowledge|Ledger|Liaison|Light|Market|Matrix|Metrics|Mobile
        Network|Object|Orange|Panel|Parallel|Pixel|Plastic|Portal|Program|Quality|Radical|Regional|Research|Response|River|Rubber|Savings|Scalable|Sensor|Silver
        Sleek|Solutions|Station|Steel|Strategy|Supply|Table|Tactics|Technician|Transmit|Turquoise|Upgrade|Valley|Virtual|Visual|Wireless|Wooden|Workforce|Zone
        """u8);

    // N noun, V verb, G verb ending in -ing, J adjective, B abbreviation.
    private static readonly WordList s_phrases = new(
        """
        Before you %V the %N, make sure that nobody can %V the %J %B %N!
        Once the %J %N answers, %V the %B %N and try again!
        Our %B %N is too %J to %V, so %G the %N will have to do!
        Nobody told the %J %N to %V, it just likes %G!
        Every %J %B %N wants a %N that can %V!
        Please %V the %N twice, then start %G the %J %B %N!
        %G the %B %N takes all night unless you %V the %J %N first!
        The %J %B %N fails whenever we %V the %N while %G!
        Let us %V the %N now and %V the %J %B %N tomorrow!
        """u8);

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$randomNoun", s_nouns.AsValue()),
        ("$randomVerb", s_verbs.AsValue()),
        ("$randomIngverb", s_ingVerbs.AsValue()),
        ("$randomAdjective", s_adjectives.AsValue()),
        ("$randomWord", s_words.AsValue()),
        ("$randomWords", WriteWords),
        ("$randomPhrase", WritePhrase),
    ];

    private static void WriteWords(ref Utf8Sink sink, ref RenderContext context)
    {
        int count = context.Random.Between(2, 5);
        for (int index = 0; index < count; index++)
        {
            if (index > 0)
            {
                sink.Write((byte)' ');
            }

            sink.Write(s_words.Pick(ref context.Random));
        }
    }

    private static void WritePhrase(ref Utf8Sink sink, ref RenderContext context)
    {
        ReadOnlySpan<byte> phrase = s_phrases.Pick(ref context.Random);
        bool isStart = true;
        while (!phrase.IsEmpty)
        {
            int mark = phrase.IndexOf((byte)'%');
            if (mark < 0)
            {
                sink.Write(phrase);
                return;
            }

            sink.Write(phrase[..mark]);
            ReadOnlySpan<byte> word = ListOf(phrase[mark + 1]).Pick(ref context.Random);
            if (isStart && mark == 0)
            {
                sink.WriteCapital(word);
            }
            else
            {
                sink.Write(word);
            }

            isStart = false;
            phrase = phrase[(mark + 2)..];
        }
    }

    private static WordList ListOf(byte mark) => mark switch
    {
        (byte)'N' => s_nouns,
        (byte)'V' => s_verbs,
        (byte)'G' => s_ingVerbs,
        (byte)'J' => s_adjectives,
        _ => TextValues.Abbreviations,
    };
}
