using System.Buffers;
using System.Text.Json;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// A hash that JSON documents share when they say the same: order of members, white space, escapes and the spelling of numbers do not count. One pass
/// over the bytes, without a tree and without allocation.
/// </summary>
internal static class JsonFingerprint
{
    private const int MaxDepth = 64;
    private const int ShortText = 256;
    private const ulong OfObject = 1;
    private const ulong OfArray = 2;
    private const ulong OfString = 3;
    private const ulong OfTrue = 4;
    private const ulong OfFalse = 5;
    private const ulong OfNull = 6;

    /// <summary>Computes the hash.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="hash">Its hash.</param>
    /// <returns>False when it is no JSON, or deeper than 64 levels.</returns>
    internal static bool TryCompute(ReadOnlySpan<byte> utf8, out ulong hash)
    {
        hash = 0;
        if (!MayBeJson(utf8))
        {
            return false;
        }

        try
        {
            hash = Compute(utf8);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Hash of a string's value, escapes resolved.</summary>
    internal static ulong HashText(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return ContentHash.Of(reader.ValueSpan);
        }

        int length = reader.ValueSpan.Length;
        byte[]? rented = length > ShortText ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> text = rented is null ? stackalloc byte[ShortText] : rented;
        ulong hash = ContentHash.Of(text[..reader.CopyString(text)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    /// <summary>Sorts out by the first byte what is certainly no JSON, so that forms and XML cost no exception.</summary>
    private static bool MayBeJson(ReadOnlySpan<byte> utf8)
    {
        int start = utf8.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0)
        {
            return false;
        }

        byte first = utf8[start];
        return first is (byte)'{' or (byte)'[' or (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9')
            || utf8[start..].StartsWith("true"u8) || utf8[start..].StartsWith("false"u8) || utf8[start..].StartsWith("null"u8);
    }

    private static ulong Compute(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        Span<Level> levels = stackalloc Level[MaxDepth + 1];
        levels[0] = default;
        int depth = 0;
        while (reader.Read())
        {
            ulong value;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    levels[depth].Name = HashText(ref reader);
                    continue;
                case JsonTokenType.StartObject:
                    levels[++depth] = new Level { IsObject = true };
                    continue;
                case JsonTokenType.StartArray:
                    levels[++depth] = default;
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    value = levels[depth--].Close();
                    break;
                case JsonTokenType.String:
                    value = ContentHash.Join(HashText(ref reader), OfString);
                    break;
                case JsonTokenType.Number:
                    value = JsonNumber.Hash(reader.ValueSpan);
                    break;
                case JsonTokenType.True:
                    value = ContentHash.Join(OfTrue, OfTrue);
                    break;
                case JsonTokenType.False:
                    value = ContentHash.Join(OfFalse, OfFalse);
                    break;
                default:
                    value = ContentHash.Join(OfNull, OfNull);
                    break;
            }

            levels[depth].Add(value);
        }

        return levels[0].Close();
    }

    /// <summary>An object or array that is being read.</summary>
    private struct Level
    {
        internal bool IsObject;
        internal ulong Name;
        private ulong _sum;
        private ulong _count;

        /// <summary>Takes the next value: members of an object in any order, elements of an array in theirs.</summary>
        internal void Add(ulong value)
        {
            _sum = IsObject ? _sum + ContentHash.Join(Name, value) : ContentHash.Join(_sum + _count, value);
            _count++;
        }

        internal readonly ulong Close() => ContentHash.Join(_sum, (_count << 2) | (IsObject ? OfObject : OfArray));
    }
}
