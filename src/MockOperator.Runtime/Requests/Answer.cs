using Microsoft.Extensions.Primitives;
using MockOperator.Mocking;
using MockOperator.Mocking.Serving;
using MockOperator.Mocking.Templating;
using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Cors;
using MockOperator.Runtime.Metrics;

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

    /// <summary>Sends the JSON document that was written into <see cref="MockExchange.Scratch"/>.</summary>
    public static Task SendJsonAsync(MockExchange exchange, int status)
    {
        exchange.Response.StatusCode = status;
        exchange.Response.Headers.ContentType = ErrorAnswer.ContentType;
        return SendScratchAsync(exchange);
    }

    /// <summary>Sends an example.</summary>
    public static Task SendAsync(MockExchange exchange, PreparedResponse response, Captures captures)
    {
        exchange.Response.StatusCode = response.Status;
        exchange.Response.ReasonPhrase = response.ReasonPhrase;
        exchange.TellsLimits = response.TellsLimits;
        if (response.IsStatic)
        {
            WriteHeaders(exchange, response);
        }
        else
        {
            Render(exchange, response, captures);
        }

        if (response.AllowsBody)
        {
            return response.IsBodyStatic ? SendBodyAsync(exchange, response.Body) : SendScratchAsync(exchange);
        }

        AddCors(exchange);
        CallScribe.Write(exchange, default);
        return Task.CompletedTask;
    }

    /// <summary>Answers a preflight: a head without a body when the origin may call.</summary>
    public static Task SendPreflightAsync(MockExchange exchange, CorsPolicy cors)
    {
        exchange.Response.StatusCode = StatusCodes.Status204NoContent;
        return cors.AnswerPreflight(exchange.Request.Headers, exchange.Response.Headers) ? Task.CompletedTask : SendAsync(exchange, ErrorAnswer.OriginRefused);
    }

    // Last of all headers, because those of an example win, and on errors too, because a page could not read them otherwise.
    private static void AddCors(MockExchange exchange)
    {
        (exchange.Content?.Cors ?? CorsPolicy.Default).Decorate(exchange.Request.Headers, exchange.Response.Headers);
        exchange.LimitLines = exchange.Pass?.Write(exchange.Response.Headers, exchange.TellsLimits);
    }

    private static void WriteHeaders(MockExchange exchange, PreparedResponse response)
    {
        IHeaderDictionary headers = exchange.Response.Headers;
        foreach (PreparedHeader header in response.Headers)
        {
            Add(headers, header, header.Value!);
        }
    }

    private static void Render(MockExchange exchange, PreparedResponse response, Captures captures)
    {
        var request = new MockRequest(exchange.Request.Method, exchange.Target, exchange.Headers, exchange.Body.Bytes);
        var context = new RenderContext(request, captures, exchange.Content!.Values);
        IHeaderDictionary headers = exchange.Response.Headers;
        foreach (PreparedHeader header in response.Headers)
        {
            Add(headers, header, header.Value ?? header.Render(ref context));
        }

        if (!response.IsBodyStatic && response.AllowsBody)
        {
            response.WriteBody(exchange.Scratch, ref context);
        }

        // Nothing looks at it any more, and the client may take its time to read.
        exchange.LetGoOfBody();
    }

    private static void Add(IHeaderDictionary headers, PreparedHeader header, string value)
    {
        if (header.IsContentType)
        {
            headers.ContentType = headers.ContentType.Count == 0 ? value : StringValues.Concat(headers.ContentType, value);
        }
        else if (!headers.TryAdd(header.Name, value))
        {
            headers[header.Name] = StringValues.Concat(headers[header.Name], value);
        }
    }

    private static Task SendBodyAsync(MockExchange exchange, ReadOnlyMemory<byte> body) =>
        BeginBody(exchange, new SentBody(body)) ? BodySender.SendAsync(exchange, body) : Task.CompletedTask;

    private static Task SendScratchAsync(MockExchange exchange)
    {
        if (exchange.Scratch.IsExhausted)
        {
            exchange.Scratch.Clear();
            exchange.Response.Headers.Clear();
            exchange.Response.ReasonPhrase = null;
            exchange.Outcome = RequestOutcome.Rejected;
            return SendAsync(exchange, ErrorAnswer.Overloaded);
        }

        return BeginBody(exchange, new SentBody(exchange.Scratch, exchange.Scratch.Length)) ? BodySender.SendAsync(exchange, exchange.Scratch) : Task.CompletedTask;
    }

    /// <summary>Writes the last headers.</summary>
    /// <returns>Whether a body follows.</returns>
    private static bool BeginBody(MockExchange exchange, in SentBody body)
    {
        AddCors(exchange);
        bool hasBody = body.Length > 0 && !HttpMethods.IsHead(exchange.Request.Method);
        exchange.Sent = hasBody ? body.Length : 0;
        CallScribe.Write(exchange, body);

        // Last: as long as it is not there, the headers can be collected without a text being made of it.
        exchange.Response.Headers.ContentLength = body.Length;
        return hasBody;
    }
}
