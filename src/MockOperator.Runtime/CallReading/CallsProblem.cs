using System.Buffers;
using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Runtime.CallReading;

/// <summary>Why somebody does not get the calls that were asked for.</summary>
internal sealed class CallsProblem
{
    private readonly string _name;
    private readonly string _message;

    private CallsProblem(int status, string name, string message)
    {
        Status = status;
        _name = name;
        _message = message;
    }

    /// <summary>The request names another host.</summary>
    public static CallsProblem OtherHost { get; } =
        new(421, "misdirectedRequestError", "Calls are read under the name localhost alone, through a forwarded port: kubectl port-forward POD 9092, then http://localhost:9092/calls.");

    /// <summary>A page of another site asks.</summary>
    public static CallsProblem OtherSite { get; } = new(403, "forbiddenError", "Calls are not for pages of other sites.");

    /// <summary>The method is none of this port.</summary>
    public static CallsProblem OtherMethod { get; } = new(405, "methodNotAllowedError", "Calls are read by GET and forgotten by DELETE.");

    /// <summary>The path is none of this port.</summary>
    public static CallsProblem OtherPath { get; } =
        new(404, "notFoundError", $"There are {CallsPort.Path}, {CallsPort.StreamPath}, {CallsPort.Path}/ID, {CallsPort.Path}/ID/request-body and {CallsPort.Path}/ID/response-body.");

    /// <summary>The call is not remembered.</summary>
    public static CallsProblem Unknown { get; } = new(404, "callNotFoundError", "No call of this id is remembered here: another pod has it, or it made room for others.");

    /// <summary>There is no such mock.</summary>
    public static CallsProblem UnknownMock { get; } = new(404, "mockNotFoundError", $"{CallsPort.Mock}: no mock of this name is served here.");

    /// <summary>The process that gave a cursor is gone, and its calls with it.</summary>
    public static CallsProblem Gone { get; } = new(410, "cursorGoneError", $"{CallsPort.Cursor}: it was not given by this process. Begin again without it.");

    /// <summary>The HTTP status that says it.</summary>
    public int Status { get; }

    /// <summary>A parameter is wrong.</summary>
    public static CallsProblem Wrong(string message) => new(400, "invalidParamsError", message);

    /// <summary>The answer.</summary>
    public ReadOnlyMemory<byte> Json()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("name", _name);
            json.WriteString("message", _message);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
