using System.Text.Json;
using System.Text.RegularExpressions;
using MockOperator.Client.Documents;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Client.Collections;

/// <summary>What a new version of a Collection must satisfy.</summary>
internal static partial class CollectionVersions
{
    // The bounds of the definition.
    private const int Most = 32;
    private const int LongestTag = 63;

    // Half of what etcd takes of one object: status and further versions need room.
    private const int LargestObject = 768 * 1024;

    /// <summary>Checks a tag.</summary>
    /// <exception cref="DocumentException">It exists or is none, or there are as many as there may be.</exception>
    public static void Check(Collection collection, string tag)
    {
        if (tag == CollectionSpec.CurrentVersion)
            throw new DocumentException($"{CollectionSpec.CurrentVersion} names what is current, and no version. Choose a tag such as v1.");
        if (tag.Length > LongestTag || !Tag().IsMatch(tag))
            throw new DocumentException($"'{tag}' is no tag: letters, digits, dots, dashes and underscores, at most {LongestTag}, beginning and ending with a letter or digit, such as v1 or 2024-06.");
        var versions = collection.Spec?.Versions ?? [];
        if (versions.Any(version => version.Tag == tag))
            throw new DocumentException($"Collection '{collection.Metadata.Name}' has a version {tag} already, and a version never changes. Choose another tag.");
        if (versions.Count >= Most)
            throw new DocumentException($"Collection '{collection.Metadata.Name}' has {Most} versions, which is as many as it may have. Remove one that no mock serves from spec.versions.");
    }

    /// <summary>Whether the object can hold its current content a second time.</summary>
    public static bool HaveRoomFor(CollectionSpec spec) =>
        JsonSerializer.SerializeToUtf8Bytes(spec, ResourceJson.Default.CollectionSpec).Length
            + JsonSerializer.SerializeToUtf8Bytes(spec with { Versions = null }, ResourceJson.Default.CollectionSpec).Length <= LargestObject;

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
