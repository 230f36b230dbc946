namespace MockOperator.Resources;

/// <summary>What is remembered of a body. Neither <see cref="Text"/> nor <see cref="Base64"/> when nothing is.</summary>
public sealed record CalledBody
{
    /// <summary>Bytes that it had, as far as they were read or announced.</summary>
    public required long Length { get; init; }

    /// <summary>What is remembered, where it is text.</summary>
    public string? Text { get; init; }

    /// <summary>What is remembered, where it is not UTF-8.</summary>
    public string? Base64 { get; init; }

    /// <summary>Whether less is remembered than there was.</summary>
    public bool IsTruncated { get; init; }
}
