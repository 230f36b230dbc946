using System.Diagnostics.CodeAnalysis;

namespace MockOperator.Operator.Content;

/// <summary>The bytes that a reference led to, or why it led nowhere.</summary>
public readonly struct ReferencedContent
{
    private ReferencedContent(ReadOnlyMemory<byte> bytes, Unresolved? problem)
    {
        Bytes = bytes;
        Problem = problem;
    }

    /// <summary>The bytes, joined and decompressed; empty when there is a problem.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The problem or null.</summary>
    public Unresolved? Problem { get; }

    /// <summary>Whether the reference led nowhere.</summary>
    /// <param name="problem">Why.</param>
    public bool IsUnresolved([NotNullWhen(true)] out Unresolved? problem)
    {
        problem = Problem;
        return problem is not null;
    }

    /// <summary>Found.</summary>
    public static ReferencedContent Found(ReadOnlyMemory<byte> bytes) => new(bytes, null);

    /// <summary>Not found, or not usable.</summary>
    public static ReferencedContent Lost(string reason, string message) => new(default, new Unresolved(reason, message));
}
