using System.Text.Json.Serialization;

namespace MockOperator.PostmanApi.Answers;

/// <summary>A mock as Postman describes it.</summary>
internal sealed record MockAnswer
{
    public required string Id { get; init; }

    public required string Owner { get; init; }

    public required string Uid { get; init; }

    public required string Collection { get; init; }

    public required string MockUrl { get; init; }

    public required string Name { get; init; }

    public required Settings Config { get; init; }

    public required string CreatedAt { get; init; }

    public required string UpdatedAt { get; init; }

    /// <summary>Left out when there is none: clients refuse null.</summary>
    public string? Environment { get; init; }

    public bool? IsPublic { get; init; }

    public bool? Deactivated { get; init; }

    internal sealed record Settings
    {
        public required IReadOnlyList<string> Headers { get; init; }

        public required bool MatchBody { get; init; }

        public required bool MatchHeader { get; init; }

        public required bool MatchQueryParams { get; init; }

        public required bool MatchWildcards { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public required Delayed? Delay { get; init; }

        /// <summary>Null says that none is active, and so does an empty text, which lists have instead.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public required string? ServerResponseId { get; init; }
    }

    internal sealed record Delayed
    {
        public string Type { get; } = "fixed";

        /// <summary>1 for 2G, 2 for 3G.</summary>
        public string? Preset { get; init; }

        /// <summary>In milliseconds.</summary>
        public required int Duration { get; init; }
    }
}
