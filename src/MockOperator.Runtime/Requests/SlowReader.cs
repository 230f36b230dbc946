using Microsoft.AspNetCore.Http.Features;

namespace MockOperator.Runtime.Requests;

/// <summary>A client that is waited for.</summary>
/// <param name="Client">Cuts it off.</param>
/// <param name="Bytes">What waits for it.</param>
internal sealed record SlowReader(IHttpRequestLifetimeFeature Client, int Bytes);
