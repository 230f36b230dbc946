using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MockOperator.Runtime.Calls;

/// <summary>Gives the calls of a process their numbers, and reads ids: the name that the process gave itself and the number. So ids of all pods differ, and those of a pod come in order.</summary>
internal sealed class CallNumbers
{
    private const int BytesOfName = 6;
    private long _last;

    /// <summary>Names the process.</summary>
    /// <param name="chance">Where the name comes from.</param>
    public CallNumbers(Random chance)
    {
        Span<byte> name = stackalloc byte[BytesOfName];
        chance.NextBytes(name);
        Process = Convert.ToHexStringLower(name);
    }

    /// <summary>The name of the process.</summary>
    public string Process { get; }

    /// <summary>The next number; the first is 1.</summary>
    public long Next() => Interlocked.Increment(ref _last);

    /// <summary>The id of a call.</summary>
    public string IdOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{Process}-{number}");

    /// <summary>Reads an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="number">The number of the call.</param>
    /// <returns>False when it is none of this process.</returns>
    public bool TryRead([NotNullWhen(true)] string? id, out long number)
    {
        number = 0;
        return id is not null
            && id.Length > Process.Length
            && id.StartsWith(Process, StringComparison.Ordinal)
            && id[Process.Length] == '-'
            && long.TryParse(id.AsSpan(Process.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
