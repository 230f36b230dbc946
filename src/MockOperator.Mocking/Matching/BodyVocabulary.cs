using System.Text;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Requests;

namespace MockOperator.Mocking.Matching;

/// <summary>Numbers for the distinct bodies of saved requests: a request body is hashed once, whatever the number of examples.</summary>
internal sealed class BodyVocabulary
{
    private readonly Dictionary<(BodyForm Form, ulong Hash), int> _classes = [];
    private readonly Dictionary<ulong, int> _verbatim = [];
    private readonly bool[] _used = new bool[Enum.GetValues<BodyForm>().Length];
    private int _last = ExpectedBody.EmptyClass;

    /// <summary>The class of a saved body, a new one when no other says the same. Only while compiling.</summary>
    internal int Add(ExampleBody body)
    {
        switch (body)
        {
            case ExampleBody.Absent:
                return ExpectedBody.EmptyClass;
            case ExampleBody.Raw raw when string.IsNullOrWhiteSpace(raw.Text):
                return ExpectedBody.EmptyClass;
            case ExampleBody.Raw raw:
                byte[] text = Encoding.UTF8.GetBytes(raw.Text);
                if (!JsonFingerprint.TryCompute(text, out ulong json))
                {
                    return Add(BodyForm.Text, TextFingerprint.Compute(text));
                }

                int jsonClass = Add(BodyForm.Json, json);
                _verbatim.TryAdd(ContentHash.Of(text), jsonClass);
                return jsonClass;
            case ExampleBody.Form { Fields.IsEmpty: true }:
                return ExpectedBody.EmptyClass;
            case ExampleBody.Form form:
                return Add(form.Multipart ? BodyForm.Multipart : BodyForm.UrlEncoded, FormFingerprint.Compute(form.Fields));
            case ExampleBody.GraphQL call:
                return GraphQLFingerprint.TryCompute(call.Query, call.Variables, call.OperationName, out ulong graphQL)
                    ? Add(BodyForm.GraphQL, graphQL)
                    : ExpectedBody.NoClass;
            default:
                return ExpectedBody.NoClass;
        }
    }

    /// <summary>The classes that a request body equals. Only the forms that some example has are tried.</summary>
    /// <param name="body">The body.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="budget">What reading takes is taken from it, for each form that is tried.</param>
    internal BodyClasses Find(ReadOnlySpan<byte> body, string? contentType, ref WorkBudget budget)
    {
        const int PerByteOfJson = 2;
        const int PerByteOfForm = 2;
        const int PerByteOfCall = 3;
        BodyClasses classes = default;
        if (body.IsEmpty)
        {
            classes.Add(ExpectedBody.EmptyClass);
            return classes;
        }

        bool isMultipart = MultipartFields.IsMultipart(contentType);
        int perByte = 1
            + (_used[(int)BodyForm.Json] ? PerByteOfJson : 0)
            + (_used[(int)(isMultipart ? BodyForm.Multipart : BodyForm.UrlEncoded)] ? PerByteOfForm : 0)
            + (_used[(int)BodyForm.GraphQL] ? PerByteOfCall : 0);
        if (!budget.TrySpend(perByte * (long)body.Length, RequestExcess.Body))
        {
            return default;
        }

        if (_used[(int)BodyForm.Json])
        {
            classes.Add(_verbatim.TryGetValue(ContentHash.Of(body), out int verbatim) ? verbatim
                : JsonFingerprint.TryCompute(body, out ulong json) ? Find(BodyForm.Json, json)
                : ExpectedBody.NoClass);
        }

        if (_used[(int)BodyForm.Text])
        {
            classes.Add(Find(BodyForm.Text, TextFingerprint.Compute(body)));
        }

        if (_used[(int)BodyForm.UrlEncoded] && !isMultipart)
        {
            classes.Add(Find(BodyForm.UrlEncoded, FormFingerprint.ComputeUrlEncoded(body)));
        }

        if (_used[(int)BodyForm.Multipart] && isMultipart && FormFingerprint.TryComputeMultipart(body, contentType!, out ulong form))
        {
            classes.Add(Find(BodyForm.Multipart, form));
        }

        if (_used[(int)BodyForm.GraphQL] && GraphQLFingerprint.TryCompute(body, out ulong unnamed, out ulong named))
        {
            classes.Add(Find(BodyForm.GraphQL, unnamed));
            classes.Add(Find(BodyForm.GraphQL, named));
        }

        return classes;
    }

    private int Find(BodyForm form, ulong hash) => _classes.TryGetValue((form, hash), out int number) ? number : ExpectedBody.NoClass;

    private int Add(BodyForm form, ulong hash)
    {
        _used[(int)form] = true;
        if (!_classes.TryGetValue((form, hash), out int number))
        {
            number = ++_last;
            _classes.Add((form, hash), number);
        }

        return number;
    }
}
