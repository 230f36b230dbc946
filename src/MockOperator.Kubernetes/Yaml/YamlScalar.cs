using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MockOperator.Kubernetes.Yaml;

/// <summary>
/// What a scalar means to kubectl, which reads YAML 1.1: <c>Off</c>, <c>yes</c> and <c>y</c> are booleans, <c>017</c> is 15 and <c>1_000</c> is 1000
/// (resolve.go of go-yaml v2). Times stay texts there.
/// </summary>
internal static class YamlScalar
{
    private const string CoreTags = "tag:yaml.org,2002:";
    private const NumberStyles Float = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private static readonly SearchValues<char> FloatCharacters = SearchValues.Create("0123456789.eE+-");

    private enum Meaning
    {
        Text,
        Null,
        Boolean,
        Integer,
        Float,
        NoJson,
    }

    /// <summary>Writes a scalar as JSON.</summary>
    /// <exception cref="YamlDotNet.Core.YamlException">Its tag says something else than its text, or JSON has no such value.</exception>
    public static void Write(Utf8JsonWriter json, YamlText text)
    {
        switch (Resolve(text, out object? value))
        {
            case Meaning.Null:
                json.WriteNullValue();
                break;
            case Meaning.Boolean:
                json.WriteBooleanValue((bool)value!);
                break;
            case Meaning.Integer:
                json.WriteNumberValue((decimal)value!);
                break;
            case Meaning.Float:
                json.WriteNumberValue((double)value!);
                break;
            case Meaning.NoJson:
                throw YamlDocuments.Fault(text, "JSON has no infinity and no NaN.");
            default:
                json.WriteStringValue((string)value!);
                break;
        }
    }

    /// <summary>What a key is called in JSON: <c>yes</c> is <c>true</c> there, and <c>0x10</c> is <c>16</c>.</summary>
    /// <exception cref="YamlDotNet.Core.YamlException">It is null, or its tag says something else than its text.</exception>
    public static string NameOf(YamlText key) => Resolve(key, out object? value) switch
    {
        Meaning.Null => throw YamlDocuments.Fault(key, "A key must be a text, and this one is null."),
        Meaning.Boolean => (bool)value! ? "true" : "false",
        Meaning.Integer or Meaning.Float => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        Meaning.NoJson => key.Value,
        _ => (string)value!,
    };

    /// <summary>Whether a plain scalar of this text is that text, and neither null, boolean nor number.</summary>
    public static bool IsText(string text) => Plain(text, out _) == Meaning.Text;

    private static Meaning Resolve(YamlText text, out object? value)
    {
        string tag = text.Tag.StartsWith(CoreTags, StringComparison.Ordinal) ? text.Tag[CoreTags.Length..] : text.Tag;
        switch (tag)
        {
            case "" when text.IsPlain:
                return Plain(text.Value, out value);
            case "binary":
                value = Decoded(text);
                return Meaning.Text;
            case "null" or "bool" or "int" or "float":
                return Tagged(text, tag, out value);
            default:
                value = text.Value;
                return Meaning.Text;
        }
    }

    private static Meaning Tagged(YamlText text, string tag, out object? value)
    {
        Meaning meaning = Plain(text.Value, out value);
        if (tag == "float" && meaning == Meaning.Integer)
        {
            value = Convert.ToDouble(value, CultureInfo.InvariantCulture);
            return Meaning.Float;
        }

        bool agrees = meaning switch
        {
            Meaning.Null => tag == "null",
            Meaning.Boolean => tag == "bool",
            Meaning.Integer => tag == "int",
            Meaning.Float or Meaning.NoJson => tag == "float",
            _ => false,
        };
        return agrees ? meaning : throw YamlDocuments.Fault(text, $"What is tagged !!{tag} is something else.");
    }

    private static string Decoded(YamlText text)
    {
        byte[] bytes = new byte[text.Value.Length];
        return Convert.TryFromBase64String(text.Value, bytes, out int length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw YamlDocuments.Fault(text, "What is tagged !!binary is no base64.");
    }

    private static Meaning Plain(string text, out object? value)
    {
        value = text;
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                value = null;
                return Meaning.Null;
            case "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
                value = true;
                return Meaning.Boolean;
            case "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                value = false;
                return Meaning.Boolean;
            case ".nan" or ".NaN" or ".NAN" or ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF":
                return Meaning.NoJson;
        }

        return text[0] is '+' or '-' or '.' || char.IsAsciiDigit(text[0]) ? Number(text, out value) : Meaning.Text;
    }

    private static Meaning Number(string text, out object? value)
    {
        string plain = text[0] == '.' ? text : text.Replace("_", "", StringComparison.Ordinal);
        if (Integer(plain) is { } whole)
        {
            value = whole;
            return Meaning.Integer;
        }

        if (!plain.AsSpan().ContainsAnyExcept(FloatCharacters) && double.TryParse(plain, Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real))
        {
            value = real;
            return Meaning.Float;
        }

        value = text;
        return Meaning.Text;
    }

    /// <summary>A whole number of 64 bits, by the prefixes of Go's literals; null when it is none.</summary>
    private static decimal? Integer(string text)
    {
        bool isNegative = text[0] == '-';
        bool hasSign = isNegative || text[0] == '+';
        ReadOnlySpan<char> digits = text.AsSpan(hasSign ? 1 : 0);
        (int radix, int prefix) = digits switch
        {
            ['0', 'x' or 'X', ..] => (16, 2),
            ['0', 'o' or 'O', ..] => (8, 2),
            ['0', 'b' or 'B', ..] => (2, 2),
            ['0', _, ..] => (8, 1),
            _ => (10, 0),
        };
        if (!TryRead(digits[prefix..], radix, out ulong size))
        {
            return null;
        }

        ulong most = isNegative ? 1UL + long.MaxValue : hasSign ? long.MaxValue : ulong.MaxValue;
        return size > most ? null : isNegative ? -(decimal)size : size;
    }

    private static bool TryRead(ReadOnlySpan<char> digits, int radix, out ulong size)
    {
        size = 0;
        foreach (char digit in digits)
        {
            int worth = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : radix;
            if (worth >= radix || size > (ulong.MaxValue - (ulong)worth) / (ulong)radix)
            {
                return false;
            }

            size = (size * (ulong)radix) + (ulong)worth;
        }

        return digits.Length > 0;
    }
}
