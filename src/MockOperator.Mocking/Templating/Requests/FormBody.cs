namespace MockOperator.Mocking.Templating.Requests;

/// <summary>The text fields of a form.</summary>
internal sealed class FormBody(NamedValues fields) : RequestBody
{
    public override bool TryWrite(ObjectPath path, ref Utf8Sink sink)
    {
        if (fields.Find(path) is not { } value)
        {
            return false;
        }

        sink.Write(value);
        return true;
    }
}
