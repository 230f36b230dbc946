using System.Buffers;
using System.Text;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Requests;

namespace MockOperator.Mocking.Matching;

/// <summary>A hash of form fields as a multiset: their order does not count, how often each stands there does.</summary>
internal static class FormFingerprint
{
    /// <summary>Hash of a saved form.</summary>
    internal static ulong Compute(IEnumerable<Field> fields)
    {
        ulong sum = 0;
        foreach (Field field in fields)
        {
            sum += Pair(Encoding.UTF8.GetBytes(field.Name), Encoding.UTF8.GetBytes(field.Value));
        }

        return sum;
    }

    /// <summary>Hash of an <c>application/x-www-form-urlencoded</c> body.</summary>
    internal static ulong ComputeUrlEncoded(ReadOnlySpan<byte> body)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(body.Length);
        var fields = new FormFields(body, scratch);
        ulong sum = 0;
        while (fields.Read())
        {
            sum += Pair(fields.Name, fields.Value);
        }

        ArrayPool<byte>.Shared.Return(scratch);
        return sum;
    }

    /// <summary>Hash of the text fields of a <c>multipart/form-data</c> body.</summary>
    /// <returns>False when the content type names no boundary.</returns>
    internal static bool TryComputeMultipart(ReadOnlySpan<byte> body, string contentType, out ulong hash)
    {
        hash = 0;
        if (!MultipartFields.TryBegin(body, contentType, stackalloc byte[MultipartFields.MaxDelimiter], out MultipartFields fields))
        {
            return false;
        }

        while (fields.Read())
        {
            hash += Pair(fields.Name, fields.Value);
        }

        return true;
    }

    /// <summary>Hash of a field.</summary>
    internal static ulong Pair(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => ContentHash.Join(ContentHash.Of(name), ContentHash.Of(value));
}
