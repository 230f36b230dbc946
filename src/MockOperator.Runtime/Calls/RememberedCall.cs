using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using MockOperator.Resources;
using MockOperator.Runtime.Metrics;

namespace MockOperator.Runtime.Calls;

/// <summary>A call as it is remembered: the record that <see cref="CallEncoder"/> wrote, read again. What is not asked for is not decoded.</summary>
internal sealed class RememberedCall
{
    /// <summary>Where the head has the time.</summary>
    public const int ServedAtPosition = 1;

    private readonly byte[] _record;
    private int _position;
    private readonly int _requestHeaders;
    private readonly int _responseHeaders;
    private readonly int _bodies;

    /// <summary>Reads the head of a record.</summary>
    public RememberedCall(long number, byte[] record)
    {
        Number = number;
        _record = record;
        Outcome = (RequestOutcome)record[_position++];
        ServedAt = new DateTimeOffset(ReadNumber(), TimeSpan.Zero);
        Duration = TimeSpan.FromTicks(ReadNumber());
        Delay = TimeSpan.FromTicks(ReadNumber());
        RequestLength = ReadNumber();
        RequestBytes = (int)ReadNumber();
        ResponseLength = ReadNumber();
        ResponseBytes = (int)ReadNumber();
        int nearest = (int)ReadNumber();
        Status = ReadSmall();
        HasExample = ReadSmall() != 0;
        Address = ReadAddress();
        Method = ReadText();
        Target = ReadText();
        Revision = ReadText();
        Key = ReadText();
        ExampleId = ReadText();
        ExampleName = ReadText();
        _requestHeaders = _position;
        SkipHeaders();
        _responseHeaders = _position;
        SkipHeaders();
        Nearest = _record.AsMemory(_position, nearest);
        _bodies = _position + nearest;
    }

    /// <summary>Its number in this process.</summary>
    public long Number { get; }

    /// <summary>How it ended.</summary>
    public RequestOutcome Outcome { get; }

    /// <summary>When the answer was sent.</summary>
    public DateTimeOffset ServedAt { get; }

    /// <summary>Time until then, without the delay.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The delay that was injected.</summary>
    public TimeSpan Delay { get; }

    /// <summary>The status; 0 when there was no answer.</summary>
    public int Status { get; }

    /// <summary>The caller's address; null when it is not known.</summary>
    public IPAddress? Address { get; }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>Path and query.</summary>
    public string Target { get; }

    /// <summary>What was served; empty for nothing.</summary>
    public string Revision { get; }

    /// <summary>Name of the key; empty for none.</summary>
    public string Key { get; }

    /// <summary>Whether an example answered.</summary>
    public bool HasExample { get; }

    /// <summary>Its id.</summary>
    public string ExampleId { get; }

    /// <summary>Its name.</summary>
    public string ExampleName { get; }

    /// <summary>The nearest examples as a JSON array; empty when there are none.</summary>
    public ReadOnlyMemory<byte> Nearest { get; }

    /// <summary>Headers of the request.</summary>
    public IEnumerable<CalledHeader> RequestHeaders => ReadHeaders(_requestHeaders);

    /// <summary>Headers of the answer.</summary>
    public IEnumerable<CalledHeader> ResponseHeaders =>
        Status < StatusCodes.Status200OK || Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified
            ? ReadHeaders(_responseHeaders)
            : ReadHeaders(_responseHeaders).Append(new CalledHeader("Content-Length", ResponseLength.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Bytes that the body had.</summary>
    public long RequestLength { get; }

    /// <summary>Bytes that the answer's body had, or would have had if more than the head had been asked for.</summary>
    public long ResponseLength { get; }

    /// <summary>What is remembered of the body.</summary>
    public ReadOnlyMemory<byte> RequestBody => _record.AsMemory(_bodies, RequestBytes);

    /// <summary>What is remembered of the answer's body.</summary>
    public ReadOnlyMemory<byte> ResponseBody => _record.AsMemory(_bodies + RequestBytes, ResponseBytes);

    private int RequestBytes { get; }

    private int ResponseBytes { get; }

    private long ReadNumber()
    {
        long number = BinaryPrimitives.ReadInt64LittleEndian(_record.AsSpan(_position));
        _position += sizeof(long);
        return number;
    }

    private int ReadSmall()
    {
        int number = BinaryPrimitives.ReadUInt16LittleEndian(_record.AsSpan(_position));
        _position += sizeof(ushort);
        return number;
    }

    private IPAddress? ReadAddress()
    {
        int length = ReadSmall();
        IPAddress? address = length == 0 ? null : new IPAddress(_record.AsSpan(_position, length));
        _position += length;
        return address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
    }

    private string ReadText()
    {
        int length = ReadSmall();
        string text = Encoding.UTF8.GetString(_record, _position, length);
        _position += length;
        return text;
    }

    private void SkipHeaders()
    {
        int texts = 2 * ReadSmall();
        for (int index = 0; index < texts; index++)
        {
            int length = ReadSmall();
            _position += length;
        }
    }

    private List<CalledHeader> ReadHeaders(int position)
    {
        _position = position;
        int count = ReadSmall();
        var headers = new List<CalledHeader>(count);
        for (int index = 0; index < count; index++)
        {
            headers.Add(new CalledHeader(ReadText(), ReadText()));
        }

        return headers;
    }
}
