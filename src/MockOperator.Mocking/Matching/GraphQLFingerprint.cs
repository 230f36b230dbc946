using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// A hash of a GraphQL call: the document with its white space collapsed, the variables as JSON (absent, null and <c>{}</c> are the same), and the name
/// of the operation, which counts only when the example has one.
/// </summary>
internal static class GraphQLFingerprint
{
    /// <summary>Hash of a saved call.</summary>
    /// <returns>False when its variables are no JSON.</returns>
    internal static bool TryCompute(string query, string? variables, string? operationName, out ulong hash)
    {
        hash = 0;
        string text = string.IsNullOrWhiteSpace(variables) || variables.Trim() == "null" ? "{}" : variables;
        if (!JsonFingerprint.TryCompute(Encoding.UTF8.GetBytes(text), out ulong values))
        {
            return false;
        }

        hash = Call(TextFingerprint.ComputeCollapsed(Encoding.UTF8.GetBytes(query)), values);
        if (operationName is not null)
        {
            hash = Named(hash, ContentHash.Of(Encoding.UTF8.GetBytes(operationName)));
        }

        return true;
    }

    /// <summary>Hashes of a call as it comes, <c>{"query": …, "variables": …, "operationName": …}</c>.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="unnamed">What an example without an operation name compares with.</param>
    /// <param name="named">What an example with one compares with; the same as <paramref name="unnamed"/> when the call names none.</param>
    /// <returns>False when the body is no such object.</returns>
    internal static bool TryCompute(ReadOnlySpan<byte> utf8, out ulong unnamed, out ulong named)
    {
        unnamed = named = 0;
        if (utf8.IndexOfAnyExcept(" \t\r\n"u8) is var start && (start < 0 || utf8[start] != '{'))
        {
            return false;
        }

        try
        {
            return TryRead(utf8, out unnamed, out named);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no text, a lone surrogate for instance.
            return false;
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> utf8, out ulong unnamed, out ulong named)
    {
        unnamed = named = 0;
        ulong? query = null;
        ulong? operation = null;
        JsonFingerprint.TryCompute("{}"u8, out ulong variables);
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isQuery = reader.ValueTextEquals("query"u8);
            bool isVariables = reader.ValueTextEquals("variables"u8);
            bool isOperation = reader.ValueTextEquals("operationName"u8);
            reader.Read();
            int from = (int)reader.TokenStartIndex;
            if (isQuery && reader.TokenType == JsonTokenType.String)
            {
                query = HashCollapsed(ref reader);
            }
            else if (isOperation && reader.TokenType == JsonTokenType.String)
            {
                operation = HashText(ref reader);
            }
            else
            {
                JsonTokenType type = reader.TokenType;
                reader.Skip();
                if (isVariables && type != JsonTokenType.Null && !JsonFingerprint.TryCompute(utf8[from..(int)reader.BytesConsumed], out variables))
                {
                    return false;
                }
            }
        }

        if (query is not ulong document)
        {
            return false;
        }

        unnamed = Call(document, variables);
        named = operation is ulong name ? Named(unnamed, name) : unnamed;
        return true;
    }

    private static ulong HashText(ref Utf8JsonReader reader)
    {
        byte[] text = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        ulong hash = ContentHash.Of(text.AsSpan(0, reader.CopyString(text)));
        ArrayPool<byte>.Shared.Return(text);
        return hash;
    }

    private static ulong HashCollapsed(ref Utf8JsonReader reader)
    {
        byte[] text = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        ulong hash = TextFingerprint.ComputeCollapsed(text.AsSpan(0, reader.CopyString(text)));
        ArrayPool<byte>.Shared.Return(text);
        return hash;
    }

    private static ulong Call(ulong document, ulong variables) => ContentHash.Join(document, variables);

    private static ulong Named(ulong call, ulong name) => ContentHash.Join(call + 1, name);
}
