using Microsoft.Extensions.Primitives;

namespace MockOperator.Runtime.Calls;

/// <summary>
/// The headers of the last call that a connection made, as they were written down. Callers send the same headers with call after call, and get the same: comparing them costs a fraction of masking and
/// encoding them again. It holds no value that is masked, and only short heads.
/// </summary>
internal sealed class HeaderMemo
{
    private const int MostHeaders = 24;
    private const int MostBytes = 1024;

    // Name and value in turn; of what is masked the value is null, and any is the same.
    private string?[] _texts = [];
    private byte[] _written = [];
    private int _count;
    private int _length;
    private CallLogSettings? _settings;

    /// <summary>Finds what was written of the same headers.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="settings">What they are masked by.</param>
    /// <returns>The bytes; empty when other headers were written last.</returns>
    public ReadOnlySpan<byte> Find(ReadOnlySpan<KeyValuePair<string, StringValues>> headers, CallLogSettings settings)
    {
        if (_count != headers.Length || _settings != settings)
        {
            return [];
        }

        ReadOnlySpan<string?> texts = _texts;
        for (int index = 0; index < headers.Length; index++)
        {
            ref readonly KeyValuePair<string, StringValues> header = ref headers[index];
            bool isSame = header.Value.Count == 1 && IsSame(header.Key, texts[2 * index]) && (texts[(2 * index) + 1] is not { } value || IsSame(header.Value, value));
            if (!isSame)
            {
                return [];
            }
        }

        return _written.AsSpan(0, _length);
    }

    // Mostly the very same text: Kestrel keeps those of a connection, and a mock has its own.
    private static bool IsSame(string? text, string? known) => ReferenceEquals(text, known) || text == known;

    /// <summary>Keeps what was written of headers, unless they are many or long, or one has several values.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="settings">What they were masked by.</param>
    /// <param name="written">All that was written of them.</param>
    public void Keep(ReadOnlySpan<KeyValuePair<string, StringValues>> headers, CallLogSettings settings, ReadOnlySpan<byte> written)
    {
        _settings = null;
        if (headers.Length > MostHeaders || written.Length > MostBytes)
        {
            return;
        }

        if (_texts.Length < 2 * headers.Length)
        {
            _texts = new string?[2 * headers.Length];
        }

        for (int index = 0; index < headers.Length; index++)
        {
            if (headers[index].Value is not [{ } value])
            {
                return;
            }

            _texts[2 * index] = headers[index].Key;
            _texts[(2 * index) + 1] = settings.Masks(headers[index].Key) ? null : value;
        }

        if (_written.Length < written.Length)
        {
            _written = GC.AllocateUninitializedArray<byte>(written.Length);
        }

        written.CopyTo(_written);
        (_count, _length, _settings) = (headers.Length, written.Length, settings);
    }
}
