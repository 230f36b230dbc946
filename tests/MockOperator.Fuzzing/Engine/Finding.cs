using System.Diagnostics;
using System.Security.Cryptography;

namespace MockOperator.Fuzzing.Engine;

/// <summary>An input that broke a promise.</summary>
/// <param name="Target">Of which target.</param>
/// <param name="Input">The input, made as small as could be.</param>
/// <param name="Fault">What it led to.</param>
internal sealed record Finding(string Target, byte[] Input, Exception Fault)
{
    /// <summary>What tells findings apart: the kind of fault and where in the product it began.</summary>
    public string Signature => SignatureOf(Fault);

    /// <summary>Name of the file that the input is kept in.</summary>
    public string FileName => NameOf(Input);

    /// <summary>Name of a file for an input.</summary>
    public static string NameOf(byte[] input) => Convert.ToHexStringLower(SHA256.HashData(input))[..16];

    /// <summary>What tells faults apart.</summary>
    public static string SignatureOf(Exception fault)
    {
        string? place = new StackTrace(fault).GetFrames()
            .Select(static frame => frame.GetMethod())
            .FirstOrDefault(static method => method?.DeclaringType?.FullName is { } name && name.StartsWith("MockOperator.", StringComparison.Ordinal) && !name.StartsWith("MockOperator.Fuzzing.", StringComparison.Ordinal))
            is { } found ? $"{found.DeclaringType!.FullName}.{found.Name}" : "";
        return fault is Violation ? fault.Message : $"{fault.GetType().Name} in {place}";
    }
}
