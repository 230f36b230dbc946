using System.Globalization;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>Where a mock is found outside the cluster.</summary>
/// <param name="Host">Host name.</param>
/// <param name="Path">Path prefix, <c>/</c> or without a slash at its end.</param>
/// <param name="IsSecure">Whether by TLS.</param>
/// <param name="Port">The port, when it is not the usual one of the scheme.</param>
public sealed record ExternalAddress(string Host, string Path, bool IsSecure, int? Port = null)
{
    /// <summary>The URL, without a slash at its end.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"{(IsSecure ? "https" : "http")}://{Host}{(Port is { } port ? $":{port}" : "")}{(Path == "/" ? "" : Path)}");

    /// <summary>What the runtime must know to strip the prefix; null when there is none.</summary>
    public ExposedPath? Stripped => Path == "/" ? null : new ExposedPath { Host = Host, Path = Path };

    /// <summary>A path as this has it.</summary>
    /// <param name="path">As the spec has it.</param>
    public static string NormalizePath(string? path) => path?.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/";
}
