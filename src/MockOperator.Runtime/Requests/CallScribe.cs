using System.Buffers;
using Microsoft.Extensions.Primitives;
using MockOperator.Mocking.Serving;
using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Headers;
using MockOperator.Runtime.Metrics;

namespace MockOperator.Runtime.Requests;

/// <summary>Writes calls into the journal of their mock. What is secret is masked here, before anything is kept.</summary>
internal static class CallScribe
{
    private const int UsualHeaders = 64;
    private const int MostOfNearest = 8 * 1024;

    [ThreadStatic]
    private static byte[]? s_head;

    [ThreadStatic]
    private static KeyValuePair<string, StringValues>[]? s_headers;

    /// <summary>Writes down a call whose answer is about to be sent. Headers of the answer are final.</summary>
    /// <param name="exchange">The call.</param>
    /// <param name="body">The body of the answer, which is not sent to those who ask for the head alone.</param>
    public static void Write(MockExchange exchange, in SentBody body)
    {
        if (exchange.Mock?.Journal is { } journal && !exchange.IsPreflight && exchange.Remembered == 0 && journal.Keeps(exchange.Outcome))
        {
            exchange.Remembered = Write(exchange, journal, exchange.Response.StatusCode, body);
        }
    }

    /// <summary>Notes that the client left: a call that was not answered is written down now, of one that was it is said.</summary>
    public static void WriteAborted(MockExchange exchange)
    {
        if (exchange.Mock?.Journal is not { } journal || exchange.IsPreflight)
        {
            return;
        }

        if (exchange.Remembered != 0)
        {
            journal.Correct(exchange.Remembered, RequestOutcome.Aborted);
        }
        else if (journal.Keeps(RequestOutcome.Aborted))
        {
            exchange.Remembered = Write(exchange, journal, status: 0, default);
        }
    }

    private static long Write(MockExchange exchange, CallJournal journal, int status, in SentBody body)
    {
        CallLogSettings settings = journal.Settings;
        byte[] buffer = s_head ??= GC.AllocateUninitializedArray<byte>(CallEncoder.MostBytes);
        ReadOnlySpan<byte> nearest = exchange.Nearest is { Count: > 0 } list ? Json(list) : [];
        ReadOnlySpan<byte> requestBody = exchange.Body.Kept.Span;
        int room = settings.MostOfEntry / 2;
        requestBody = requestBody[..Math.Min(requestBody.Length, Math.Min(settings.BodyBytes, room / 2))];
        int responseBytes = HttpMethods.IsHead(exchange.Request.Method) ? 0 : (int)Math.Min(body.Length, Math.Min(settings.BodyBytes, room - requestBody.Length));
        nearest = nearest.Length <= settings.MostOfEntry / 8 ? nearest : [];

        var head = new CallEncoder(buffer.AsSpan(0, Math.Min(buffer.Length, settings.MostOfEntry / 4)));
        bool hasExample = exchange.Outcome == RequestOutcome.Matched && exchange.Example >= 0;
        (string exampleId, string exampleName) = hasExample ? exchange.Content!.Plan.IdentityOf(exchange.Example) : ("", "");
        head.Write((byte)exchange.Outcome);
        head.Write(0L);
        head.Write((journal.Since(exchange.Started) - exchange.Delayed).Ticks);
        head.Write(exchange.Delayed.Ticks);
        head.Write(Math.Max(exchange.ReceivedBytes, requestBody.Length));
        head.Write((long)requestBody.Length);
        head.Write(body.Length);
        head.Write((long)responseBytes);
        head.Write((long)nearest.Length);
        head.Write((ushort)status);
        head.Write((ushort)(hasExample ? 1 : 0));
        head.Write(exchange.Client);
        head.Write(exchange.Request.Method);
        head.Write(SecretQuery.Mask(exchange.Target.Length > 0 ? exchange.Target : exchange.Request.RawTarget));
        head.Write(exchange.Content?.Revision);
        head.Write(exchange.KeyName);
        head.Write(exampleId);
        head.Write(exampleName);
        (HeaderMemo? sent, HeaderMemo? got) = exchange.NextMemos();
        ReadOnlySpan<KeyValuePair<string, StringValues>> headers = Collect(exchange.Request.Headers);
        head.Write(headers, settings, reserved: head.Left / 2, sent);
        Forget(headers.Length);
        headers = status == 0 ? [] : Collect(exchange.Response.Headers, exchange.LimitLines is { } told ? told.Headers : []);
        head.Write(headers, settings, reserved: 0, got);
        Forget(headers.Length);
        return journal.Write(buffer.AsSpan(0, head.Length), nearest, requestBody, body, responseBytes);
    }

    // The dictionary's enumerator would be an object for each call.
    private static ReadOnlySpan<KeyValuePair<string, StringValues>> Collect(IHeaderDictionary headers, ReadOnlySpan<KeyValuePair<string, StringValues>> lines = default)
    {
        int count = headers.Count;
        KeyValuePair<string, StringValues>[] collected = s_headers ??= new KeyValuePair<string, StringValues>[UsualHeaders];
        if (count + lines.Length > collected.Length)
        {
            collected = new KeyValuePair<string, StringValues>[count + lines.Length];
        }

        headers.CopyTo(collected, 0);
        if (lines.IsEmpty)
        {
            return collected.AsSpan(0, count);
        }

        int standIn = 0;
        while (!RawHeaders.IsStandIn(collected[standIn]))
        {
            standIn++;
        }

        collected[standIn] = collected[count - 1];
        lines.CopyTo(collected.AsSpan(count - 1));
        return collected.AsSpan(0, count - 1 + lines.Length);
    }

    // What was masked must not stay with the thread.
    private static void Forget(int count) => s_headers.AsSpan(0, Math.Min(count, UsualHeaders)).Clear();

    private static ReadOnlySpan<byte> Json(IReadOnlyList<ExplainedExample> nearest)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        MockPlan.WriteNearest(nearest, buffer);
        return buffer.WrittenCount <= MostOfNearest ? buffer.WrittenSpan : [];
    }
}
