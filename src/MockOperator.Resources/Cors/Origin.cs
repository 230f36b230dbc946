using System.Buffers;

namespace MockOperator.Resources;

/// <summary>The serialisation of an origin (HTML standard, origin; RFC 6454 §6.1), taken apart.</summary>
internal readonly record struct Origin
{
    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");
    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789+-.");
    private static readonly SearchValues<char> Ipv6Characters = SearchValues.Create("0123456789abcdef:.");

    private int SchemeLength { get; init; }

    private int PortColon { get; init; }

    /// <summary>Takes <c>scheme://host[:port]</c> apart.</summary>
    /// <param name="text">The text.</param>
    /// <param name="wildcard">Whether the first label of the host may hold one <c>*</c>.</param>
    /// <param name="parts">The parts when it is an origin.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TrySplit(string text, bool wildcard, out Origin parts)
    {
        parts = default;
        var lower = text.ToLowerInvariant();
        var separator = lower.IndexOf("://", StringComparison.Ordinal);
        if (separator < 1 || !char.IsAsciiLetter(lower[0]) || lower.AsSpan(0, separator).ContainsAnyExcept(SchemeCharacters))
            return false;

        var authority = lower.AsSpan(separator + 3);
        var colon = authority.LastIndexOf(':');
        if (colon > 0 && authority[^1] == ']')
            colon = -1;
        if (colon >= 0 && !IsPort(authority[(colon + 1)..]))
            return false;

        var host = colon < 0 ? authority : authority[..colon];
        if (!IsHost(host, wildcard))
            return false;

        parts = new Origin { SchemeLength = separator, PortColon = colon < 0 ? -1 : separator + 3 + colon };
        return true;
    }

    /// <summary>Whether the text is one or more labels of a host name, without wildcards.</summary>
    /// <param name="text">What stands where labels are expected.</param>
    public static bool AreLabels(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var dot = text.IndexOf('.');
            if (!IsLabelPart(dot < 0 ? text : text[..dot]))
                return false;
            if (dot < 0)
                return true;
            text = text[(dot + 1)..];
        }
    }

    /// <summary>Whether the text is not empty and has only characters of a label.</summary>
    /// <param name="text">A label or part of one.</param>
    public static bool IsLabelPart(ReadOnlySpan<char> text) => text.Length is > 0 and <= 63 && !text.ContainsAnyExcept(LabelCharacters);

    /// <summary>The origin as browsers write it: lower case, without the default port of its scheme.</summary>
    /// <param name="text">The text that was taken apart.</param>
    public string Normalize(string text)
    {
        var lower = text.ToLowerInvariant();
        if (PortColon < 0)
            return lower;
        var isDefault = lower.AsSpan(PortColon + 1) switch
        {
            "80" => SchemeLength == 4 && lower.StartsWith("http:", StringComparison.Ordinal),
            "443" => SchemeLength == 5 && lower.StartsWith("https:", StringComparison.Ordinal),
            _ => false,
        };
        return isDefault ? lower[..PortColon] : lower;
    }

    private static bool IsPort(ReadOnlySpan<char> text)
        => text.Length is > 0 and <= 5 && text[0] != '0' && !text.ContainsAnyExceptInRange('0', '9') && int.Parse(text) <= 65535;

    private static bool IsHost(ReadOnlySpan<char> host, bool wildcard)
    {
        if (host.Length > 2 && host[0] == '[' && host[^1] == ']')
            return !host[1..^1].ContainsAnyExcept(Ipv6Characters);
        if (host.Length is 0 or > 253)
            return false;

        var star = host.IndexOf('*');
        if (star < 0)
            return AreLabels(host);

        // A wildcard without a label after it would be every site, or every site of a scheme: that is '*', and says so.
        var dot = host.IndexOf('.');
        if (!wildcard || dot <= star || !AreLabels(host[(dot + 1)..]))
            return false;
        var rest = host[(star + 1)..dot];
        return (star == 0 || IsLabelPart(host[..star])) && (rest.IsEmpty || IsLabelPart(rest));
    }
}
