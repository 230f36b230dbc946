using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace MockOperator.Runtime.Headers;

/// <summary>
/// Headers of answers as lines that were made before. For a name that Kestrel has no field for it looks for the name, checks it and its value, keeps both in a dictionary and writes them letter by letter, with every answer: for
/// those that tell of limits, the same for many answers, a quarter of all that an answer costs. Lines that were made before it only copies.
/// </summary>
/// <remarks>
/// Kestrel does so for <c>Date</c> and <c>Server</c>, whose lines it makes itself. The runtime names no server, so that place is free. It is no part of what Kestrel promises: where it is gone, or taken by an example that names a
/// server, headers go the usual way.
/// </remarks>
internal static class RawHeaders
{
    private const string Kestrels = "Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Http.HttpResponseHeaders";
    private const string Assembly = "Microsoft.AspNetCore.Server.Kestrel.Core";

    // It cannot be named, only known when it is seen.
    private static volatile Type? s_kestrels;
    private static volatile bool s_isGone;

    /// <summary>Makes the lines of headers.</summary>
    /// <param name="headers">Names, which nobody checks again, and values.</param>
    /// <returns>The lines; null when a value is not of printable ASCII alone. Those are for Kestrel to judge: a line break in one would be a header of somebody else's.</returns>
    public static byte[]? Lines(IEnumerable<KeyValuePair<string, StringValues>> headers)
    {
        var lines = new StringBuilder();
        foreach ((string name, StringValues values) in headers)
        {
            foreach (string? value in values)
            {
                if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
                {
                    return null;
                }

                lines.Append("\r\n").Append(name).Append(": ").Append(value);
            }
        }

        return Encoding.ASCII.GetBytes(lines.ToString());
    }

    /// <summary>Adds lines to the headers of an answer.</summary>
    /// <param name="response">The headers. They have one more of the name <c>Server</c> and without a value then.</param>
    /// <param name="lines">The lines.</param>
    /// <returns>False when they cannot be added like that.</returns>
    public static bool TryAdd(IHeaderDictionary response, byte[] lines)
    {
        if (!IsKestrels(response.GetType()) || s_isGone || response.Server.Count > 0)
        {
            return false;
        }

        try
        {
            SetRawServer(response, StringValues.Empty, lines);
            return true;
        }
        catch (MissingMethodException)
        {
            s_isGone = true;
            return false;
        }
    }

    /// <summary>Whether a header stands for lines.</summary>
    public static bool IsStandIn(in KeyValuePair<string, StringValues> header) => header.Value.Count == 0 && header.Key == "Server";

    private static bool IsKestrels(Type type)
    {
        if (s_kestrels is null && type.FullName == Kestrels)
        {
            s_kestrels = type;
        }

        return type == s_kestrels;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(SetRawServer))]
    private static extern void SetRawServer([UnsafeAccessorType($"{Kestrels}, {Assembly}")] object headers, StringValues value, byte[] raw);
}
