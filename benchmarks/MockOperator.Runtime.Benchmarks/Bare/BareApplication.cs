using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace MockOperator.Runtime.Benchmarks.Bare;

/// <summary>The least that answers: status, two headers, a constant body.</summary>
internal sealed class BareApplication(ReadOnlyMemory<byte> body) : IHttpApplication<IFeatureCollection>
{
    /// <inheritdoc/>
    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    /// <inheritdoc/>
    public Task ProcessRequestAsync(IFeatureCollection context)
    {
        IHeaderDictionary headers = context.GetRequiredFeature<IHttpResponseFeature>().Headers;
        headers.ContentType = "application/json";
        headers.ContentLength = body.Length;
        var write = context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(body);
        return write.IsCompletedSuccessfully ? Task.CompletedTask : write.AsTask();
    }

    /// <inheritdoc/>
    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }
}
