using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// A hash that JSON documents share when they say the same: order of members, white space, escapes and the spelling of numbers do not count. One pass
/// over the bytes (RFC 8259, strictly), without a tree, without allocation and without exceptions: a large body costs little more than reading it.
/// </summary>
internal static class JsonFingerprint
{
    private const int MaxDepth = 64;
    private const int Failed = -1;
    private const ulong OfObject = 1;
    private const ulong OfArray = 2;
    private const ulong OfString = 3;
    private const ulong OfTrue = 4;
    private const ulong OfFalse = 5;
    private const ulong OfNull = 6;
    private const ulong EveryByte = 0x0101010101010101;
    private const ulong HighBits = 0x8080808080808080;

    /// <summary>Computes the hash.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="hash">Its hash.</param>
    /// <returns>False when it is no JSON, or deeper than 64 levels.</returns>
    internal static bool TryCompute(ReadOnlySpan<byte> utf8, out ulong hash)
    {
        var nobody = default(Nobody);
        return TryRead(utf8, ref nobody, out hash);
    }

    /// <summary>Hash of a string that is a value, as its taker gets it.</summary>
    /// <param name="utf8">Its text.</param>
    internal static ulong OfText(ReadOnlySpan<byte> utf8) => ContentHash.Of(utf8) + OfString;

    /// <summary>Hash of a string, number, true, false or null, as its taker gets it.</summary>
    /// <param name="utf8">The value as it is written, valid JSON.</param>
    internal static ulong OfScalar(ReadOnlySpan<byte> utf8)
    {
        _ = ReadScalar(utf8, 0, utf8[0], out ulong hash);
        return hash;
    }

    /// <summary>Computes the hash, and hands every value on as it is read.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="values">Takes the values.</param>
    /// <param name="hash">Its hash.</param>
    /// <returns>False when it is no JSON, or deeper than 64 levels, or the taker wants no more.</returns>
    internal static bool TryRead<TValues>(ReadOnlySpan<byte> utf8, ref TValues values, out ulong hash)
        where TValues : struct, IJsonValues
    {
        hash = 0;
        Span<Level> outer = stackalloc Level[MaxDepth];
        Level level = default;
        int depth = 0;
        int position = 0;
        while (true)
        {
            // Here a value begins.
            position = SkipBlanks(utf8, position);
            if ((uint)position >= (uint)utf8.Length)
            {
                return false;
            }

            ulong value;
            byte first = utf8[position];
            int start = position;
            if (first is (byte)'{' or (byte)'[')
            {
                if (!values.Begin(level.Name, first, start))
                {
                    return false;
                }

                position = SkipBlanks(utf8, position + 1);
                bool isObject = first == '{';
                if (!Is(utf8, position, isObject ? (byte)'}' : (byte)']'))
                {
                    if (depth == MaxDepth)
                    {
                        return false;
                    }

                    outer[depth++] = level;
                    level = new Level { IsObject = isObject };
                    if (isObject && (position = ReadName(utf8, position, out level.Name)) < 0)
                    {
                        return false;
                    }

                    continue;
                }

                position++;
                value = new Level { IsObject = isObject }.Close();
                values.End(position, value);
            }
            else if ((position = ReadScalar(utf8, position, first, out value)) < 0 || !values.Scalar(level.Name, first, start, position, value))
            {
                return false;
            }

            // Here a value has ended, and with it perhaps those around it.
            while (true)
            {
                level.Add(value);
                position = SkipBlanks(utf8, position);
                if (depth == 0)
                {
                    hash = level.Close();
                    return position == utf8.Length;
                }

                if (Is(utf8, position, (byte)','))
                {
                    position++;
                    if (level.IsObject && (position = ReadName(utf8, SkipBlanks(utf8, position), out level.Name)) < 0)
                    {
                        return false;
                    }

                    break;
                }

                if (!Is(utf8, position, level.IsObject ? (byte)'}' : (byte)']'))
                {
                    return false;
                }

                position++;
                value = level.Close();
                values.End(position, value);
                level = outer[--depth];
            }
        }
    }

    /// <summary>Reads the name of a member and the colon behind it.</summary>
    /// <returns>Where the reading goes on; negative when there is no name.</returns>
    private static int ReadName(ReadOnlySpan<byte> text, int position, out ulong hash)
    {
        position = ReadString(text, position, out hash);
        if (position < 0)
        {
            return Failed;
        }

        position = SkipBlanks(text, position);
        return Is(text, position, (byte)':') ? position + 1 : Failed;
    }

    private static int ReadScalar(ReadOnlySpan<byte> text, int position, byte first, out ulong value)
    {
        switch (first)
        {
            case (byte)'"':
                position = ReadString(text, position, out ulong content);
                value = content + OfString;
                return position;
            case (byte)'t':
                value = OfTrue;
                return text[position..].StartsWith("true"u8) ? position + 4 : Failed;
            case (byte)'f':
                value = OfFalse;
                return text[position..].StartsWith("false"u8) ? position + 5 : Failed;
            case (byte)'n':
                value = OfNull;
                return text[position..].StartsWith("null"u8) ? position + 4 : Failed;
            default:
                return JsonNumber.TryRead(text, ref position, out value) ? position : Failed;
        }
    }

    private static int ReadString(ReadOnlySpan<byte> text, int position, out ulong hash)
    {
        hash = 0;
        if (!Is(text, position, (byte)'"'))
        {
            return Failed;
        }

        int start = position + 1;
        int end = EndOfPlainText(text, start);
        bool isEscaped = false;
        while (Is(text, end, (byte)'\\'))
        {
            isEscaped = true;
            end = EndOfPlainText(text, Math.Min(end + 2, text.Length));
        }

        if (!Is(text, end, (byte)'"'))
        {
            return Failed;
        }

        if (!isEscaped)
        {
            hash = ContentHash.Of(text[start..end]);
            return end + 1;
        }

        return JsonEscapes.TryHash(text[start..end], out hash) ? end + 1 : Failed;
    }

    /// <summary>Where the next quote, backslash or control character is, eight bytes at a time.</summary>
    private static int EndOfPlainText(ReadOnlySpan<byte> text, int position)
    {
        while (text.Length - position >= sizeof(ulong))
        {
            ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(text[position..]);
            ulong quote = bytes ^ (EveryByte * '"');
            ulong backslash = bytes ^ (EveryByte * '\\');
            ulong found = (((quote - EveryByte) & ~quote) | ((backslash - EveryByte) & ~backslash) | ((bytes - (EveryByte * ' ')) & ~bytes)) & HighBits;
            if (found != 0)
            {
                return position + (BitOperations.TrailingZeroCount(found) >> 3);
            }

            position += sizeof(ulong);
        }

        while (position < text.Length && text[position] is not ((byte)'"' or (byte)'\\' or < 0x20))
        {
            position++;
        }

        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SkipBlanks(ReadOnlySpan<byte> text, int position)
    {
        while ((uint)position < (uint)text.Length && text[position] <= ' ' && text[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            position++;
        }

        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Is(ReadOnlySpan<byte> text, int position, byte expected) => (uint)position < (uint)text.Length && text[position] == expected;

    /// <summary>Wants no values: the compiler leaves out the calls.</summary>
    private readonly struct Nobody : IJsonValues
    {
        public bool Begin(ulong name, byte first, int start) => true;

        public bool Scalar(ulong name, byte first, int start, int end, ulong hash) => true;

        public void End(int end, ulong hash)
        {
        }
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
