using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using MockOperator.Resources;
using MockOperator.Runtime.Bundles;

namespace MockOperator.Runtime.Control;

/// <summary>Takes in pushed bundles, one at a time, so that what they take together is bounded by what one may take.</summary>
/// <param name="pushes">Where they are handed in.</param>
/// <param name="time">The clock of <see cref="Patience"/>.</param>
internal sealed class BundleDesk(PushSlot pushes, TimeProvider time)
{
    /// <summary>Within this time a push must have its turn and its body must have arrived.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Reads a push and waits until its bundle is served or cannot be. The caller has judged the token.</summary>
    /// <param name="context">The request, of whose body nothing was read.</param>
    /// <param name="query">The query.</param>
    /// <param name="aborted">Fires when the sender leaves.</param>
    /// <returns>Why it is not served; null when it is.</returns>
    /// <exception cref="OperationCanceledException">The sender has left.</exception>
    public async Task<PushRefusal?> ReceiveAsync(IFeatureCollection context, Dictionary<string, StringValues> query, CancellationToken aborted)
    {
        IHttpRequestFeature request = context.GetRequiredFeature<IHttpRequestFeature>();
        if (request.Headers.ContentLength > BundleTransfer.MaxBytes)
        {
            return PushRefusal.TooLarge;
        }

        if (!TryReadSuperseded(query, out string[] superseded))
        {
            return PushRefusal.Malformed(
                $"{BundleTransfer.Supersedes} names more than {BundleTransfer.MaxSuperseded} revisions, or one of more than {BundleTransfer.MaxRevisionLength} characters.");
        }

        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, aborted);
        try
        {
            await pushes.EnterAsync(either.Token);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return PushRefusal.TooSlow;
        }

        try
        {
            // The port takes no bodies otherwise: only who has shown the token may send one.
            context.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = BundleTransfer.MaxBytes;
            (PushedFiles? files, PushRefusal? refusal) = await new BundleBody(request.Body).ReadAsync(either.Token);
            return files is null ? refusal : await pushes.HandInAsync(new BundlePush(files, superseded), aborted);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return PushRefusal.TooSlow;
        }
        finally
        {
            pushes.Leave();
        }
    }

    private static bool TryReadSuperseded(Dictionary<string, StringValues> query, out string[] superseded)
    {
        superseded = query.GetValueOrDefault(BundleTransfer.Supersedes).ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return superseded.Length <= BundleTransfer.MaxSuperseded && superseded.All(static revision => revision.Length <= BundleTransfer.MaxRevisionLength);
    }
}
