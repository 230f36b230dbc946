using System.Text.Json.Serialization;

namespace MockOperator.PostmanApi.Answers;

/// <summary>Who asks, and what was used.</summary>
internal sealed record AccountAnswer(AccountAnswer.Person User, IReadOnlyList<AccountAnswer.Use> Operations)
{
    internal sealed record Person
    {
        /// <summary>A number, unlike all other ids.</summary>
        public required long Id { get; init; }

        public required string Sub { get; init; }

        public required string Username { get; init; }

        public required string Email { get; init; }

        public required string FullName { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public string? Avatar { get; init; }

        public bool IsPublic { get; init; }

        public bool EmailVerified { get; init; }

        public required long TeamId { get; init; }

        public required string TeamName { get; init; }

        public required string TeamDomain { get; init; }

        public required IReadOnlyList<string> Roles { get; init; }
    }

    internal sealed record Use(string Name, long Limit, long Usage, long Overage);
}
