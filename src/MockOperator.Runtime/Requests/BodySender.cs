using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using MockOperator.Runtime.Metrics;

namespace MockOperator.Runtime.Requests;

/// <summary>Sends bodies in slices, each once the client has taken the one before: whoever does not read holds a slice, not an answer.</summary>
internal static class BodySender
{
    /// <summary>Most that is given to the connection at once.</summary>
    public const int SliceBytes = 32 * 1024;

    /// <summary>When so much has been sent in one go, others have their turn.</summary>
    private const int TurnBytes = 256 * 1024;

    /// <summary>Sends a body that exists already. Short ones take one write and no allocation.</summary>
    public static Task SendAsync(MockExchange exchange, ReadOnlyMemory<byte> body)
    {
        if (body.Length > SliceBytes)
        {
            return SendSlicesAsync(exchange, body);
        }

        ValueTask<FlushResult> write = exchange.ResponseBody.Writer.WriteAsync(body);
        return write.IsCompletedSuccessfully ? Task.CompletedTask : WaitAsync(exchange, write, body.Length).AsTask();
    }

    /// <summary>Sends a body that was made for this request.</summary>
    public static Task SendAsync(MockExchange exchange, ResponsePages pages) =>
        pages.Count == 1 ? SendAsync(exchange, pages[0]) : SendPagesAsync(exchange, pages);

    private static async Task SendPagesAsync(MockExchange exchange, ResponsePages pages)
    {
        for (int page = 0; page < pages.Count; page++)
        {
            await SendSlicesAsync(exchange, pages[page]);
        }
    }

    private static async Task SendSlicesAsync(MockExchange exchange, ReadOnlyMemory<byte> body)
    {
        int thisTurn = 0;
        while (!body.IsEmpty)
        {
            exchange.Aborted.ThrowIfCancellationRequested();
            int length = Math.Min(SliceBytes, body.Length);
            ValueTask<FlushResult> write = exchange.ResponseBody.Writer.WriteAsync(body[..length]);
            if (write.IsCompletedSuccessfully)
            {
                _ = write.Result;
            }
            else
            {
                await WaitAsync(exchange, write, length);
            }

            body = body[length..];
            thisTurn += length;
            if (thisTurn >= TurnBytes)
            {
                thisTurn = 0;
                await Task.Yield();
            }
        }
    }

    /// <summary>Waits until the client has taken what was written, if there is memory to wait with.</summary>
    private static async ValueTask WaitAsync(MockExchange exchange, ValueTask<FlushResult> write, int bytes)
    {
        IHttpRequestLifetimeFeature client = exchange.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        LinkedListNode<SlowReader>? reader = exchange.SlowReaders.Enter(client, bytes);
        if (reader is null)
        {
            client.Abort();
        }

        try
        {
            FlushResult result = await write;
            if (result.IsCompleted)
            {
                // Nobody reads any more; without this the server would miss the rest of the answer and call it a fault.
                client.Abort();
                exchange.Outcome = RequestOutcome.Aborted;
            }
        }
        finally
        {
            if (reader is not null)
            {
                exchange.SlowReaders.Leave(reader);
            }
        }
    }
}
