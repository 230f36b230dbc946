using System.Text;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Requests;

namespace MockOperator.Mocking.Templating.Requests;

/// <summary>Values by name, in order, repeated names included: the query of a request or the text fields of a form.</summary>
internal sealed class NamedValues
{
    /// <summary>Values that are read of one request; those after them are not seen.</summary>
    public const int MaxCount = 1000;

    private readonly List<Field> _fields = [];

    /// <summary>Reads <c>application/x-www-form-urlencoded</c> text: a plus is a space, broken percent-encoding stays as it is.</summary>
    public static NamedValues FromUrlEncoded(ReadOnlySpan<char> text)
    {
        NamedValues values = new();
        foreach (Range range in text.Split('&'))
        {
            ReadOnlySpan<char> pair = text[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            int equals = pair.IndexOf('=');
            ReadOnlySpan<char> name = equals < 0 ? pair : pair[..equals];
            ReadOnlySpan<char> value = equals < 0 ? [] : pair[(equals + 1)..];
            if (!values.Add(Decode(name), Decode(value)))
            {
                break;
            }
        }

        return values;
    }

    /// <summary>Reads the text fields of a <c>multipart/form-data</c> body.</summary>
    public static NamedValues FromMultipart(ReadOnlySpan<byte> body, string? contentType)
    {
        NamedValues values = new();
        if (MultipartFields.TryBegin(body, contentType, stackalloc byte[MultipartFields.MaxDelimiter], out MultipartFields fields))
        {
            while (fields.Read() && values.Add(Encoding.UTF8.GetString(fields.Name), Encoding.UTF8.GetString(fields.Value)))
            {
            }
        }

        return values;
    }

    /// <summary>Adds a value.</summary>
    /// <returns>Whether there was room.</returns>
    public bool Add(string name, string value)
    {
        if (_fields.Count == MaxCount)
        {
            return false;
        }

        _fields.Add(new Field(name, value));
        return true;
    }

    /// <summary>
    /// The value of a name, of repeated ones the first; a number as last step counts them: <c>ids.1</c> or <c>ids[1]</c> is the second value of
    /// <c>ids</c>.
    /// </summary>
    /// <returns>Null when there is none.</returns>
    public string? Find(ObjectPath path)
    {
        if (Find(path.Text, 0) is { } value)
        {
            return value;
        }

        return path.Steps is [.., { } name, { Index: >= 0 } last] ? Find(path.Text.AsSpan(0, name.End), last.Index) : null;
    }

    private string? Find(ReadOnlySpan<char> name, int occurrence)
    {
        foreach (Field field in _fields)
        {
            if (name.SequenceEqual(field.Name) && occurrence-- == 0)
            {
                return field.Value;
            }
        }

        return null;
    }

    private static string Decode(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny('+', '%') < 0)
        {
            return text.ToString();
        }

        return Uri.UnescapeDataString(text.ToString().Replace('+', ' '));
    }
}
