using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace MockOperator.Runtime.Benchmarks.Bare;

/// <summary>The least that answers as a mock does: status, the same headers, a constant body.</summary>
internal sealed class BareApplication(ReadOnlyMemory<byte> body) : IHttpApplication<IFeatureCollection>
{
    private static readonly StringValues s_any = "*";

    /// <inheritdoc/>
    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    /// <inheritdoc/>
    public Task ProcessRequestAsync(IFeatureCollection context)
    {
        IHeaderDictionary headers = context.GetRequiredFeature<IHttpResponseFeature>().Headers;
        headers.ContentType = "application/json";
        headers.ContentLength = body.Length;
        headers.AccessControlAllowOrigin = s_any;
        headers.AccessControlExposeHeaders = s_any;
        var write = context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(body);
        return write.IsCompletedSuccessfully ? Task.CompletedTask : write.AsTask();
    }

    /// <inheritdoc/>
    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }
}
