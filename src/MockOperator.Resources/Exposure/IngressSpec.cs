namespace MockOperator.Resources;

/// <summary>How an ingress controller exposes a mock outside the cluster.</summary>
public sealed record IngressSpec
{
    /// <summary>The IngressClass. Default: the cluster's default class.</summary>
    public string? ClassName { get; init; }

    /// <summary>Host name. Default: from the operator's domain template.</summary>
    public string? Host { get; init; }

    /// <summary>Path prefix below which the mock is found; stripped before a request is matched. Default <c>/</c>.</summary>
    public string? Path { get; init; }

    /// <summary>TLS. Default: none.</summary>
    public IngressTlsSpec? Tls { get; init; }

    /// <summary>Annotations for the ingress controller. Those that the operator renders win; its command line says which others it takes.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
