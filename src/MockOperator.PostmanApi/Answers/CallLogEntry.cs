namespace MockOperator.PostmanApi.Answers;

/// <summary>A call of a mock as Postman describes it.</summary>
internal sealed record CallLogEntry
{
    public required string Id { get; init; }

    /// <summary>Name of the example that answered, or what went wrong.</summary>
    public required string ResponseName { get; init; }

    public required string ServedAt { get; init; }

    public required Asked Request { get; init; }

    public required Answered Response { get; init; }

    internal sealed record Asked
    {
        public required string Method { get; init; }

        public required string Path { get; init; }

        public IReadOnlyList<KeyValue>? Headers { get; init; }

        public Content? Body { get; init; }
    }

    internal sealed record Answered
    {
        /// <summary><c>success</c> when the mock had an answer, whatever its status; else <c>error</c>.</summary>
        public required string Type { get; init; }

        public required int StatusCode { get; init; }

        public IReadOnlyList<Header>? Headers { get; init; }

        public Content? Body { get; init; }
    }

    internal sealed record Header(Text Description, string Key, string Value);

    internal sealed record Text(string Content, string Type);

    internal sealed record Content
    {
        public string? Mode { get; init; }

        public required string Data { get; init; }

        /// <summary><c>base64</c> where the body is no text; ours.</summary>
        public string? Encoding { get; init; }

        /// <summary>Whether less is remembered than there was; ours.</summary>
        public bool? Truncated { get; init; }
    }
}
