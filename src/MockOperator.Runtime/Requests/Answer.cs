using System.Buffers;
using Microsoft.Extensions.Primitives;
using MockOperator.Mocking;
using MockOperator.Mocking.Serving;
using MockOperator.Mocking.Templating;
using MockOperator.Runtime.Cors;

namespace MockOperator.Runtime.Requests;

/// <summary>Puts answers on the wire. HEAD, 204, 205 and 304 get the head only.</summary>
internal static class Answer
{
    /// <summary>Sends an answer of the host itself.</summary>
    public static Task SendAsync(MockExchange exchange, ErrorAnswer error)
    {
        IHeaderDictionary headers = exchange.Response.Headers;
        exchange.Response.StatusCode = error.Status;
        headers.ContentType = ErrorAnswer.ContentType;
        if (error.CloseConnection)
        {
            headers.Connection = "close";
        }

        if (error.RetryAfterSeconds is { } seconds)
        {
            headers.RetryAfter = seconds;
        }

        if (error.Challenge is { } challenge)
        {
            headers.WWWAuthenticate = challenge;
        }

        return SendBodyAsync(exchange, error.Body);
    }

    /// <summary>Sends a JSON document that was made for this request.</summary>
    public static Task SendJsonAsync(MockExchange exchange, int status, ReadOnlyMemory<byte> body)
    {
        exchange.Response.StatusCode = status;
        exchange.Response.Headers.ContentType = ErrorAnswer.ContentType;
        return SendBodyAsync(exchange, body);
    }

    /// <summary>Sends an example.</summary>
    public static Task SendAsync(MockExchange exchange, PreparedResponse response, Captures captures)
    {
        exchange.Response.StatusCode = response.Status;
        exchange.Response.ReasonPhrase = response.ReasonPhrase;
        ReadOnlyMemory<byte> body = response.IsStatic ? WriteHeaders(exchange, response) : Render(exchange, response, captures);
        if (response.AllowsBody)
        {
            return SendBodyAsync(exchange, body);
        }

        AddCors(exchange);
        return Task.CompletedTask;
    }

    /// <summary>Answers a preflight: a head without a body when the origin may call.</summary>
    public static Task SendPreflightAsync(MockExchange exchange, CorsPolicy cors)
    {
        exchange.Response.StatusCode = StatusCodes.Status204NoContent;
        return cors.AnswerPreflight(exchange.Request.Headers, exchange.Response.Headers) ? Task.CompletedTask : SendAsync(exchange, ErrorAnswer.OriginRefused);
    }

    // Last of all headers, because those of an example win, and on errors too, because a page could not read them otherwise.
    private static void AddCors(MockExchange exchange) =>
        (exchange.Content?.Cors ?? CorsPolicy.Default).Decorate(exchange.Request.Headers, exchange.Response.Headers);

    private static ReadOnlyMemory<byte> WriteHeaders(MockExchange exchange, PreparedResponse response)
    {
        IHeaderDictionary headers = exchange.Response.Headers;
        foreach (PreparedHeader header in response.Headers)
        {
            Add(headers, header.Name, header.Value!);
        }

        return response.Body;
    }

    private static ReadOnlyMemory<byte> Render(MockExchange exchange, PreparedResponse response, Captures captures)
    {
        var request = new MockRequest(exchange.Request.Method, exchange.Target, exchange.Headers, exchange.Body.Bytes);
        var context = new RenderContext(request, captures, exchange.Content!.Values);
        IHeaderDictionary headers = exchange.Response.Headers;
        foreach (PreparedHeader header in response.Headers)
        {
            Add(headers, header.Name, header.Value ?? header.Render(ref context));
        }

        if (response.IsBodyStatic || !response.AllowsBody)
        {
            return response.Body;
        }

        ArrayBufferWriter<byte> scratch = exchange.Scratch;
        response.WriteBody(scratch, ref context);
        return scratch.WrittenMemory;
    }

    private static void Add(IHeaderDictionary headers, string name, string value)
    {
        if (!headers.TryAdd(name, value))
        {
            headers[name] = StringValues.Concat(headers[name], value);
        }
    }

    private static Task SendBodyAsync(MockExchange exchange, ReadOnlyMemory<byte> body)
    {
        AddCors(exchange);
        exchange.Response.Headers.ContentLength = body.Length;
        if (body.IsEmpty || HttpMethods.IsHead(exchange.Request.Method))
        {
            return Task.CompletedTask;
        }

        ValueTask<System.IO.Pipelines.FlushResult> write = exchange.ResponseBody.Writer.WriteAsync(body);
        return write.IsCompletedSuccessfully ? Task.CompletedTask : write.AsTask();
    }
}
