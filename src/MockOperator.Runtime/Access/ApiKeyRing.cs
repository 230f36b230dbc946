using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using MockOperator.Runtime.Hashing;

namespace MockOperator.Runtime.Access;

/// <summary>
/// The keys of a mock as hashes, in a table indexed by the hash: finding one costs the same for ten and for ten thousand keys. A ring without usable keys
/// is closed: it admits nobody, and says why. Immutable and thread-safe.
/// </summary>
internal sealed class ApiKeyRing
{
    /// <summary>Longest key in characters.</summary>
    public const int MaxKeyLength = 1024;

    private const int UsualKeyLength = 128;

    /// <summary>Most keys of a ring. A Secret holds 1 MiB, which is fewer than this in practice.</summary>
    public const int MaxKeys = 32_768;

    private readonly ApiKeyEntry?[] _table;
    private readonly uint _mask;

    // Keys that were found by their digest before, by a tag under a secret of this ring: most calls come with the same few keys, and the tag costs a fraction of
    // the digest. Only keys of the ring get in, so callers cannot fill or empty it.
    private readonly SeenKey?[] _seen;
    private readonly SipTag _secret = NewSecret();

    private ApiKeyRing(IReadOnlyCollection<ApiKeyEntry> entries, string? problem)
    {
        Problem = problem;
        Entries = [.. entries];
        // At most half full, so that a probe ends after one or two steps.
        _table = new ApiKeyEntry?[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, entries.Count * 2))];
        _mask = (uint)_table.Length - 1;
        _seen = new SeenKey?[_table.Length];
        foreach (var entry in entries)
        {
            var place = entry.Hash.Prefix & _mask;
            while (_table[place] is not null)
                place = (place + 1) & _mask;
            _table[place] = entry;
        }
    }

    /// <summary>Why nobody is admitted; null when keys are. Names entries, never values.</summary>
    public string? Problem { get; }

    /// <summary>The keys, by name of their entries.</summary>
    public ImmutableArray<ApiKeyEntry> Entries { get; }

    /// <summary>A ring that admits nobody.</summary>
    /// <param name="problem">Why: what is wrong and what to do.</param>
    public static ApiKeyRing Closed(string problem) => new([], problem);

    /// <summary>Makes the ring of the entries of a Secret. One bad entry closes the ring: whoever wrote it expects it to protect something.</summary>
    /// <param name="entries">Name and value of each entry.</param>
    public static ApiKeyRing Of(IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> entries)
    {
        var keys = new List<ApiKeyEntry>();
        var seen = new HashSet<Sha256Digest>();
        foreach (var (name, value) in entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            // Header values lose the blanks around them on the way, and files tend to end with a line feed.
            var key = value.Span.Trim(" \t\r\n"u8);
            if (key.IsEmpty)
                return Closed($"the entry '{name}' of the key Secret is empty: give it a value or remove it");
            if (key.Length > MaxKeyLength || key.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
                return Closed($"the entry '{name}' of the key Secret cannot be sent in a header: a key is 1 to {MaxKeyLength} printable ASCII characters");
            if (keys.Count == MaxKeys)
                return Closed($"the key Secret has more than {MaxKeys} entries");

            var hash = Sha256Digest.Of(key);
            if (seen.Add(hash))
                keys.Add(new ApiKeyEntry(name, hash, keys.Count));
        }

        return keys.Count == 0 ? Closed("the key Secret has no entries: add at least one, its name of your choice, its value the key") : new ApiKeyRing(keys, null);
    }

    /// <summary>
    /// Finds the entry of a key. The time depends on the length of the key, and on whether it is one that was found before; nothing is allocated but once for each key.
    /// </summary>
    /// <param name="key">What the caller sent.</param>
    /// <returns>The entry; null when it is none of the keys.</returns>
    public ApiKeyEntry? Find(ReadOnlySpan<char> key)
    {
        key = key.Trim(" \t");
        if (key.Length is 0 or > MaxKeyLength)
            return null;

        // Most keys are short, and clearing a buffer for the longest would cost as much as hashing one.
        Span<byte> bytes = key.Length <= UsualKeyLength ? stackalloc byte[UsualKeyLength] : stackalloc byte[MaxKeyLength];
        if (Ascii.FromUtf16(key, bytes, out var length) != System.Buffers.OperationStatus.Done)
            return null;

        var tag = SipTag.Of(bytes[..length], _secret);
        ref var seen = ref _seen[(uint)tag.Low & _mask];
        if (Volatile.Read(ref seen) is { } known && known.Tag.Equals(tag))
        {
            bytes[..length].Clear();
            return known.Entry;
        }

        var hash = Sha256Digest.Of(bytes[..length]);
        bytes[..length].Clear();
        for (var place = hash.Prefix & _mask; _table[place] is { } entry; place = (place + 1) & _mask)
        {
            if (entry.Hash.Equals(hash))
            {
                Volatile.Write(ref seen, new SeenKey(tag, entry));
                return entry;
            }
        }

        return null;
    }

    // The framework's generator of random bytes would load OpenSSL; identifiers are made from the system's own, all but six of their bits.
    private static SipTag NewSecret()
    {
        Span<byte> bytes = stackalloc byte[32];
        Guid.NewGuid().TryWriteBytes(bytes);
        Guid.NewGuid().TryWriteBytes(bytes[16..]);
        return new SipTag(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));
    }

    private sealed record SeenKey(SipTag Tag, ApiKeyEntry Entry);
}
