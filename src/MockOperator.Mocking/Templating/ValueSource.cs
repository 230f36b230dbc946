using System.Text;

namespace MockOperator.Mocking.Templating;

/// <summary>
/// Where dynamic variables take chance and time from. With a seed, every request draws the same values: all but the clock
/// (<c>$timestamp</c>, <c>$isoTimestamp</c> and the random dates, which stay relative to now) depends on the seed alone.
/// </summary>
public sealed class ValueSource
{
    private ValueSource(long? seed, TimeProvider time)
    {
        Seed = seed;
        Time = time;
    }

    /// <summary>The seed; null for true randomness.</summary>
    public long? Seed { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Header of a request that gives the seed for its own answer.</summary>
    public const string SeedHeader = "x-mock-seed";

    /// <summary>New values for every request.</summary>
    public static ValueSource Random(TimeProvider time) => new(null, time);

    /// <summary>The same values for every request.</summary>
    public static ValueSource Seeded(long seed, TimeProvider time) => new(seed, time);

    /// <summary>
    /// The number that a seed given as text stands for: a whole number itself, any other text its 64-bit FNV-1a hash. Of a text longer than
    /// 1,024 characters only the first 1,024 count.
    /// </summary>
    public static long ReadSeed(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (long.TryParse(text, out long number))
        {
            return number;
        }

        Span<byte> utf8 = stackalloc byte[3 * 1024];
        int length = Encoding.UTF8.GetBytes(text[..Math.Min(text.Length, 1024)], utf8);
        ulong hash = 14695981039346656037;
        foreach (byte value in utf8[..length])
        {
            hash = (hash ^ value) * 1099511628211;
        }

        return (long)hash;
    }

    /// <summary>The stream of one request: its own seed, else the seed of this source, else chance.</summary>
    internal RandomStream Open(IRequestHeaders headers)
    {
        long? seed = TryReadSeed(headers, out long own) ? own : Seed;
        return seed is { } number ? RandomStream.FromSeed(number) : RandomStream.Unpredictable();
    }

    /// <summary>The seed that a request brings.</summary>
    internal static bool TryReadSeed(IRequestHeaders headers, out long seed)
    {
        bool isGiven = headers.TryGetValue(SeedHeader, out string? text) && !string.IsNullOrWhiteSpace(text);
        seed = isGiven ? ReadSeed(text) : 0;
        return isGiven;
    }
}
