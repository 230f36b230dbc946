namespace MockOperator.Resources;

/// <summary>Who may call a private mock: the keys are the entries of a Secret, all valid at once.</summary>
public sealed record ApiKeysSpec
{
    /// <summary>The Secret whose entries are the keys. Default: <c>&lt;mock&gt;-api-keys</c>, which the operator creates with one random key. It is mounted into the pods and never read by the operator.</summary>
    public LocalObjectReference? SecretRef { get; init; }

    /// <summary>The request header that carries the key. Default <c>x-api-key</c>.</summary>
    public string? Header { get; init; }

    /// <summary>Whether <c>Authorization: Bearer &lt;key&gt;</c> is taken as well. Default false, so that a token meant for the mocked API is never taken for a key.</summary>
    public bool? Bearer { get; init; }
}
