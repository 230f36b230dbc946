using MockOperator.Cli.Terminal;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Cli.Drafts;

/// <summary>The versions that a Collection has.</summary>
internal static class CollectionTags
{
    /// <summary>All of them, what is current first.</summary>
    public static IReadOnlyList<string> Of(Collection collection) => [CollectionSpec.CurrentVersion, .. (collection.Spec?.Versions ?? []).Select(static version => version.Tag)];

    /// <summary>Checks that a version is there.</summary>
    /// <exception cref="CommandException">It is not; the message names those that are.</exception>
    public static void Check(Collection collection, string? version)
    {
        var known = Of(collection);
        if (version is not null && !known.Contains(version, StringComparer.Ordinal))
            throw new CommandException($"Collection {collection.Metadata.Name} has no version {version}. It has {string.Join(", ", known)}.");
    }
}
