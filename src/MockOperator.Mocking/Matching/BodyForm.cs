namespace MockOperator.Mocking.Matching;

/// <summary>The ways in which bodies are compared; the example's own decides (Postman matching, explicit body matching).</summary>
internal enum BodyForm
{
    /// <summary>As JSON.</summary>
    Json,

    /// <summary>As trimmed text.</summary>
    Text,

    /// <summary>As the fields of a URL-encoded form.</summary>
    UrlEncoded,

    /// <summary>As the text fields of a multipart form.</summary>
    Multipart,

    /// <summary>As a GraphQL call.</summary>
    GraphQL,
}
