using MockOperator.Resources;

namespace MockOperator.Runtime.Benchmarks.Hostile;

/// <summary>A mock with something for every kind of hostile client, as a bundle that <c>mock-runtime run</c> serves.</summary>
internal static class HostileBundle
{
    /// <summary>Token of the control port.</summary>
    public const string Token = "hostile-benchmark";

    /// <summary>Bytes of the large answers.</summary>
    public const int LargeBytes = 4_000_000;
    private const int Examples = 1000;

    /// <summary>Writes it as the kubelet would mount it.</summary>
    /// <param name="root">Where to.</param>
    /// <param name="large">Whether <c>/large</c> has a large answer, which is content enough for a pod of the default size.</param>
    /// <param name="rendered">Whether <c>/rendered</c> has one.</param>
    public static BundleDirectory Write(string root, bool large, bool rendered) => BundleDirectory.Write(root, Definition(large ? LargeBytes : 1, rendered ? LargeBytes : 1), Token);

    private static MockDefinition Definition(int largeBytes, int renderedBytes) => new()
    {
        Name = "hostile",
        Namespace = "bench",
        Examples =
        [
            Example("GET", "/small", SampleCollections.Body),
            Example("POST", "/echo", "{{$body}}"),
            Example("GET", "/large", new string('x', largeBytes)),
            Example("GET", "/rendered", "{{$guid}}" + new string('x', renderedBytes)),
            Example("POST", "/delayed", "{{$body}}", delay: "2m"),
            .. Enumerable.Range(0, Examples).Select(static n => Example("GET", $"/items/{n}/details", SampleCollections.Body)),
        ],
    };

    private static ExampleSpec Example(string method, string path, string body, string? delay = null) => new()
    {
        Name = path,
        Request = new ExampleRequestSpec { Method = method, Path = path },
        Response = new ExampleResponseSpec { Status = 200, Body = body, Delay = delay },
    };
}
