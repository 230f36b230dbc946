namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Domain names, e-mail addresses and users.</summary>
internal static class DomainValues
{
    private static readonly WordList s_suffixes = new("com|net|org|biz|info|name"u8);

    private static readonly WordList s_exampleSuffixes = new("com|net|org"u8);

    private static readonly WordList s_mailProviders = new("gmail.com|yahoo.com|hotmail.com|outlook.com"u8);

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$randomDomainName", static (ref sink, ref context) => WriteDomain(ref sink, ref context.Random)),
        ("$randomDomainSuffix", s_suffixes.AsValue()),
        ("$randomDomainWord", static (ref sink, ref context) => sink.WriteLower(NameValues.FirstNames.Pick(ref context.Random))),
        ("$randomEmail", WriteEmail),
        ("$randomExampleEmail", WriteExampleEmail),
        ("$randomUserName", static (ref sink, ref context) => WriteUser(ref sink, ref context.Random)),
        ("$randomUrl", WriteUrl),
    ];

    private static void WriteDomain(ref Utf8Sink sink, ref RandomStream random)
    {
        sink.WriteLower(NameValues.FirstNames.Pick(ref random));
        sink.Write((byte)'.');
        sink.Write(s_suffixes.Pick(ref random));
    }

    /// <summary>Given name with a number, given and family name, or both with a number.</summary>
    private static void WriteUser(ref Utf8Sink sink, ref RandomStream random)
    {
        int kind = random.Below(3);
        sink.Write(NameValues.FirstNames.Pick(ref random));
        if (kind > 0)
        {
            sink.Write(random.Below(2) == 0 ? "."u8 : "_"u8);
            sink.Write(NameValues.LastNames.Pick(ref random));
        }

        if (kind != 1)
        {
            sink.Write(random.Below(100));
        }
    }

    private static void WriteEmail(ref Utf8Sink sink, ref RenderContext context)
    {
        WriteUser(ref sink, ref context.Random);
        sink.Write((byte)'@');
        sink.Write(s_mailProviders.Pick(ref context.Random));
    }

    private static void WriteExampleEmail(ref Utf8Sink sink, ref RenderContext context)
    {
        WriteUser(ref sink, ref context.Random);
        sink.Write("@example."u8);
        sink.Write(s_exampleSuffixes.Pick(ref context.Random));
    }

    private static void WriteUrl(ref Utf8Sink sink, ref RenderContext context)
    {
        InternetValues.WriteProtocol(ref sink, ref context.Random);
        sink.Write("://"u8);
        WriteDomain(ref sink, ref context.Random);
    }
}
