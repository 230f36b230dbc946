using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MockOperator.PostmanApi.Errors;

namespace MockOperator.PostmanApi.Requests;

/// <summary>The body of a request, read as it comes, within bounds of size, memory and time.</summary>
/// <param name="Bytes">The body.</param>
/// <param name="Budget">What its memory is taken from.</param>
/// <param name="Taken">How much of it.</param>
internal sealed record RequestBody(ReadOnlyMemory<byte> Bytes, BodyBudget Budget, long Taken) : IDisposable
{
    /// <summary>What fits here is read before anybody has looked at the caller.</summary>
    public const int Small = 64 * 1024;

    private const int FirstPiece = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public void Dispose() => Budget.Return(Taken);

    /// <summary>Reads one.</summary>
    /// <param name="http">The request.</param>
    /// <param name="budget">What its memory is taken from.</param>
    /// <param name="most">Most bytes.</param>
    /// <param name="beforeMuch">Called once before more than <see cref="Small"/> is kept: the place to ask whether the caller may.</param>
    /// <param name="time">The clock of patience.</param>
    /// <exception cref="PostmanException">It is longer, came too slowly, or there is no memory for it now.</exception>
    public static async Task<RequestBody> ReadAsync(HttpContext http, BodyBudget budget, long most, Func<Task>? beforeMuch, TimeProvider time)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
            bound.MaxRequestBodySize = null;
        var announced = http.Request.ContentLength;
        if (announced > most)
            throw new PostmanException(KnownErrors.TooLarge(most));
        if (announced > Small && beforeMuch is not null)
        {
            await beforeMuch();
            beforeMuch = null;
        }

        using var late = new CancellationTokenSource(Patience, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(late.Token, http.RequestAborted);
        long taken = 0;
        try
        {
            var size = announced is { } known ? (int)Math.Max(known, 1) : FirstPiece;
            Take(size);
            var buffer = new byte[size];
            var length = 0;
            while (true)
            {
                if (length == buffer.Length)
                {
                    if (announced == length)
                        break;
                    if (length >= most)
                        throw new PostmanException(KnownErrors.TooLarge(most));
                    if (length >= Small && beforeMuch is not null)
                    {
                        await beforeMuch();
                        beforeMuch = null;
                    }

                    var next = (int)Math.Min(most, (long)length * 2);
                    Take(next);
                    var larger = new byte[next];
                    buffer.AsSpan().CopyTo(larger);
                    buffer = larger;
                    taken -= length;
                    budget.Return(length);
                }

                var read = await http.Request.Body.ReadAsync(buffer.AsMemory(length), ends.Token);
                if (read == 0)
                    break;
                length += read;
            }

            var body = new RequestBody(WithoutMark(buffer.AsMemory(0, length)), budget, taken);
            taken = 0;
            return body;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            throw new PostmanException(KnownErrors.Malformed($"The body did not arrive within {Patience.TotalMinutes} minutes."));
        }
        finally
        {
            budget.Return(taken);
        }

        void Take(int some)
        {
            budget.Take(some);
            taken += some;
        }
    }

    // Some editors and shells put a byte order mark before JSON.
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
}
