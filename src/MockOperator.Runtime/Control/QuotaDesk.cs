using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using MockOperator.Resources;
using MockOperator.Runtime.Mocks;
using MockOperator.Runtime.Quotas;

namespace MockOperator.Runtime.Control;

/// <summary>Takes in what the operator says of quotas, and hands it to the mock that it is for.</summary>
/// <param name="mocks">The mocks that are served.</param>
/// <param name="time">The clock of <see cref="Patience"/>.</param>
internal sealed class QuotaDesk(MockDirectory mocks, TimeProvider time)
{
    /// <summary>Within this time a body must have arrived.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int FirstBuffer = 4 * 1024;

    /// <summary>Reads what the operator says and waits until there is an answer. The caller has judged the token.</summary>
    /// <param name="context">The request, of whose body nothing was read.</param>
    /// <param name="aborted">Fires when the operator leaves.</param>
    /// <returns>The answer and whom to tell when it was sent, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The operator has left.</exception>
    public async Task<(QuotaReport? Report, CallMeter? Meter, ControlProblem? Problem)> ExchangeAsync(IFeatureCollection context, CancellationToken aborted)
    {
        (byte[]? body, ControlProblem? problem) = await ReadAsync(context, aborted);
        if (body is null || !TryParse(body, out QuotaInstructions? said, out problem))
        {
            return (null, null, problem);
        }

        if (mocks.Table.Mocks.FirstOrDefault(mock => mock.Name == said.Mock) is not { } called)
        {
            return (null, null, new ControlProblem(StatusCodes.Status404NotFound, "mock: no mock of this name is served here."));
        }

        return (await called.Limiting.ExchangeAsync(said, aborted), called.Limiting.Meter, null);
    }

    private static bool TryParse(byte[] body, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out QuotaInstructions? said, out ControlProblem? problem)
    {
        said = null;
        string? wrong;
        try
        {
            said = JsonSerializer.Deserialize(body, RuntimeJson.Default.QuotaInstructions);
            wrong = said is null ? "An object is needed." : QuotaInstructionRules.Check(said);
        }
        catch (JsonException broken)
        {
            wrong = $"{broken.Path?.TrimStart('$', '.')}: {broken.Message}";
        }

        problem = wrong is null ? null : new ControlProblem(StatusCodes.Status400BadRequest, wrong);
        return wrong is null && said is not null;
    }

    private async ValueTask<(byte[]? Body, ControlProblem? Problem)> ReadAsync(IFeatureCollection context, CancellationToken aborted)
    {
        IHttpRequestFeature request = context.GetRequiredFeature<IHttpRequestFeature>();
        if (request.Headers.ContentLength > QuotaExchange.MaxBytes)
        {
            return (null, ControlProblem.TooLarge);
        }

        // The port takes no bodies otherwise: only who has shown the token may send one.
        context.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = QuotaExchange.MaxBytes;
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, aborted);
        try
        {
            using var body = new MemoryStream(FirstBuffer);
            byte[] buffer = new byte[FirstBuffer];
            int read;
            while ((read = await request.Body.ReadAsync(buffer, either.Token)) > 0)
            {
                if (body.Length + read > QuotaExchange.MaxBytes)
                {
                    return (null, ControlProblem.TooLarge);
                }

                body.Write(buffer, 0, read);
            }

            return (body.ToArray(), null);
        }
        catch (BadHttpRequestException broken)
        {
            return (null, broken.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => ControlProblem.TooLarge,
                StatusCodes.Status408RequestTimeout => ControlProblem.TooSlow,
                _ => new ControlProblem(StatusCodes.Status400BadRequest, "The body ends before its announced length, or is chunked wrongly."),
            });
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return (null, ControlProblem.TooSlow);
        }
    }
}
