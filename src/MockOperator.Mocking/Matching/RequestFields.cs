using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Requests;

namespace MockOperator.Mocking.Matching;

/// <summary>The text fields of a form as a multiset: how often each stands there.</summary>
internal sealed class RequestFields
{
    private const int PerField = 50;

    private readonly Dictionary<ulong, int> _counts = [];
    private int _total;

    private RequestFields()
    {
    }

    /// <summary>The fields of a saved form.</summary>
    internal static RequestFields Of(IEnumerable<Field> fields)
    {
        var read = new RequestFields();
        foreach (Field field in fields)
        {
            read.Add(Encoding.UTF8.GetBytes(field.Name), Encoding.UTF8.GetBytes(field.Value));
        }

        return read;
    }

    /// <summary>Reads the fields of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="multipart">The content type of a multipart form; null for a URL-encoded one.</param>
    /// <param name="budget">What reading takes is taken from it; a form with too many fields ends it.</param>
    /// <returns>Null when it is no form, or more than the budget allows.</returns>
    internal static RequestFields? TryRead(ReadOnlySpan<byte> body, string? multipart, ref WorkBudget budget)
    {
        const int PerByte = 2;
        if (!budget.TrySpend(PerByte * (long)body.Length, RequestExcess.Body))
        {
            return null;
        }

        var fields = new RequestFields();
        return (multipart is null ? fields.TryAddUrlEncoded(body, ref budget) : fields.TryAddMultipart(body, multipart, ref budget)) ? fields : null;
    }

    /// <summary>Whether every one of other fields is among these, as often.</summary>
    /// <param name="others">The other fields.</param>
    /// <param name="subset">Whether there may be more than those.</param>
    /// <param name="budget">What comparing takes is taken from it.</param>
    internal bool Hold(RequestFields others, bool subset, ref WorkBudget budget)
    {
        if ((subset ? _total < others._total : _total != others._total) || !budget.TrySpend(PerField * (long)others._counts.Count, RequestExcess.Body))
        {
            return false;
        }

        foreach ((ulong field, int count) in others._counts)
        {
            if (_counts.GetValueOrDefault(field) < count)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAddUrlEncoded(ReadOnlySpan<byte> body, ref WorkBudget budget)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(body.Length);
        var reader = new FormFields(body, scratch);
        bool isWithin = true;
        while (isWithin && reader.Read())
        {
            isWithin = TryAdd(reader.Name, reader.Value, ref budget);
        }

        ArrayPool<byte>.Shared.Return(scratch);
        return isWithin;
    }

    private bool TryAddMultipart(ReadOnlySpan<byte> body, string contentType, ref WorkBudget budget)
    {
        if (!MultipartFields.TryBegin(body, contentType, stackalloc byte[MultipartFields.MaxDelimiter], out MultipartFields reader))
        {
            return true;
        }

        while (reader.Read())
        {
            if (!TryAdd(reader.Name, reader.Value, ref budget))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAdd(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ref WorkBudget budget)
    {
        if (_total == WorkBudget.MaxParts)
        {
            budget.End(RequestExcess.Parts);
            return false;
        }

        if (!budget.TrySpend(PerField, RequestExcess.Body))
        {
            return false;
        }

        Add(name, value);
        return true;
    }

    private void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, FormFingerprint.Pair(name, value), out _)++;
        _total++;
    }
}
