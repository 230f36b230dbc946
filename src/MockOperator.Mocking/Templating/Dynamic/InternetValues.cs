namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Addresses of machines, programs and protocols.</summary>
internal static class InternetValues
{
    private static readonly WordList s_locales = new(
        """
        af|am|ar|as|ast|az|be|bg|bn|br|bs|ca|cs|cy|da|de|dsb|el|en|eo|es|et|eu|fa|fi|fil|fo|fr|fy|ga|gd|gl|gsw|gu|ha|he|hi|hr|hsb|hu|hy|id|ig|is|it|ja|ka|kk
        km|kn|ko|kok|ky|lb|lo|lt|lv|mi|mk|ml|mn|mr|ms|mt|nb|ne|nl|nn|oc|or|pa|pl|ps|pt|rm|ro|ru|rw|sd|si|sk|sl|sq|sr|sv|sw|ta|te|tg|th|tk|tr|tt|ug|uk|ur|uz
        vi|wo|xh|yo|zh|zu
        """u8);

    private static readonly WordList s_desktops = new(
        """
        Windows NT 10.0; Win64; x64
        Windows NT 6.1; Win64; x64
        Macintosh; Intel Mac OS X 10_15_7
        Macintosh; Intel Mac OS X 13_6
        X11; Linux x86_64
        X11; Ubuntu; Linux x86_64
        """u8);

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$randomIP", WriteIPv4),
        ("$randomIPV6", static (ref sink, ref context) => WriteHexGroups(ref sink, ref context.Random, 8, 4)),
        ("$randomMACAddress", static (ref sink, ref context) => WriteHexGroups(ref sink, ref context.Random, 6, 2)),
        ("$randomPassword", static (ref sink, ref context) => Characters.Write(ref sink, ref context.Random, Characters.All, 15)),
        ("$randomLocale", s_locales.AsValue()),
        ("$randomUserAgent", WriteUserAgent),
        ("$randomProtocol", static (ref sink, ref context) => WriteProtocol(ref sink, ref context.Random)),
        ("$randomSemver", WriteSemver),
    ];

    public static void WriteProtocol(ref Utf8Sink sink, ref RandomStream random) => sink.Write(random.Below(2) == 0 ? "http"u8 : "https"u8);

    private static void WriteIPv4(ref Utf8Sink sink, ref RenderContext context)
    {
        for (int index = 0; index < 4; index++)
        {
            if (index > 0)
            {
                sink.Write((byte)'.');
            }

            sink.Write(context.Random.Below(256));
        }
    }

    private static void WriteHexGroups(ref Utf8Sink sink, ref RandomStream random, int groups, int digits)
    {
        for (int index = 0; index < groups; index++)
        {
            if (index > 0)
            {
                sink.Write((byte)':');
            }

            Characters.Write(ref sink, ref random, Characters.Hex, digits);
        }
    }

    private static void WriteSemver(ref Utf8Sink sink, ref RenderContext context)
    {
        Span<byte> version = stackalloc byte[5];
        Characters.Fill(version, ref context.Random, Characters.Digits);
        version[1] = version[3] = (byte)'.';
        sink.Write(version);
    }

    private static void WriteUserAgent(ref Utf8Sink sink, ref RenderContext context)
    {
        ref RandomStream random = ref context.Random;
        sink.Write("Mozilla/5.0 ("u8);
        sink.Write(s_desktops.Pick(ref random));
        switch (random.Below(4))
        {
            case 0:
                int firefox = random.Between(78, 130);
                sink.Write("; rv:"u8);
                sink.Write(firefox);
                sink.Write(".0) Gecko/20100101 Firefox/"u8);
                sink.Write(firefox);
                sink.Write(".0"u8);
                break;
            case 1:
                sink.Write(") AppleWebKit/605.1.15 (KHTML, like Gecko) Version/"u8);
                sink.Write(random.Between(13, 17));
                sink.Write((byte)'.');
                sink.Write(random.Between(0, 6));
                sink.Write(" Safari/605.1.15"u8);
                break;
            case 2:
                int chrome = WriteChrome(ref sink, ref random);
                sink.Write(" Edg/"u8);
                sink.Write(chrome);
                sink.Write(".0.0.0"u8);
                break;
            default:
                WriteChrome(ref sink, ref random);
                break;
        }
    }

    private static int WriteChrome(ref Utf8Sink sink, ref RandomStream random)
    {
        int version = random.Between(90, 130);
        sink.Write(") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/"u8);
        sink.Write(version);
        sink.Write(".0.0.0 Safari/537.36"u8);
        return version;
    }
}
