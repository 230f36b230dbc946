namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Text, numbers and colours.</summary>
internal static class TextValues
{
    /// <summary>Acronyms of computing; also part of phrases.</summary>
    public static WordList Abbreviations { get; } = new(
        """
        SQL|HTTP|TCP|UDP|RAM|SSD|CPU|GPU|API|XML|JSON|CSS|HTML|USB|PCI|SAS|AGP|RSS|SMTP|IMAP|SSH|TLS|DNS|DHCP|FTP|NFS|EXE|COM|ADP|PNG
        JPEG|SCSI|BIOS|LAN|WAN|VPN|ORM|SDK|CLI|GUI|IDE|CDN|CSV|YAML|UTF|ASCII
        """u8);

    private static readonly WordList s_colors = new(
        """
        red|green|blue|yellow|orange|purple|pink|brown|black|white|grey|silver|gold|teal|turquoise|maroon|magenta|fuchsia|lime|olive
        indigo|violet|lavender|plum|orchid|salmon|ivory|azure|cyan|tan|mint green|sky blue|navy|crimson|coral|beige|khaki|amber|scarlet|emerald
        """u8);

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$randomAlphaNumeric", static (ref sink, ref context) => Characters.Write(ref sink, ref context.Random, Characters.LowerAndDigits, 1)),
        ("$randomBoolean", static (ref sink, ref context) => sink.Write(context.Random.Below(2) == 0 ? "true"u8 : "false"u8)),
        ("$randomInt", static (ref sink, ref context) => sink.Write(context.Random.Between(0, 1000))),
        ("$randomColor", s_colors.AsValue()),
        ("$randomHexColor", WriteHexColor),
        ("$randomAbbreviation", Abbreviations.AsValue()),
    ];

    private static void WriteHexColor(ref Utf8Sink sink, ref RenderContext context)
    {
        sink.Write((byte)'#');
        Characters.Write(ref sink, ref context.Random, Characters.Hex, 6);
    }
}
