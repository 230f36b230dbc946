using MockOperator.Client.Ownership;

namespace MockOperator.Dashboard.Pages;

/// <summary>Objects that somebody keeps as a repository says.</summary>
internal static class Kept
{
    /// <summary>Why one is not changed here; null when nobody keeps it.</summary>
    public static string? Why(GitOpsOwner? owner) => owner is null
        ? null
        : $"{owner.Tool} keeps it{(owner.Name is { } name ? $" ({name})" : "")}: a change made here would be undone. Change it in the repository that it comes from.";
}
