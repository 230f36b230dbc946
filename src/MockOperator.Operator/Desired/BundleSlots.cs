using System.Globalization;
using System.Numerics;

namespace MockOperator.Operator.Desired;

/// <summary>
/// Where the parts of a bundle lie. Slot 0 holds the index, the others a part each, and all of them are mounted into one directory. There are twice as many as one bundle needs: the
/// parts of a new revision go where the index in the cluster does not look, so that until the new index is there, and if it never comes, pods find the old revision whole.
/// </summary>
public static class BundleSlots
{
    /// <summary>Most ConfigMaps of one bundle.</summary>
    public const int MostConfigMaps = 64;

    /// <summary>
    /// Number of ConfigMaps that a bundle of so many has room for: the next power of two, so that a growing collection seldom changes the pod
    /// template, which would restart the pods.
    /// </summary>
    public static int RoomFor(int configMaps) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(configMaps, 1));

    /// <summary>The room that a bundle needs whose parts lie in slots up to this one.</summary>
    public static int RoomUpTo(int slot) => RoomFor(((slot + 1) / 2) + 1);

    /// <summary>Number of slots that are mounted for that: the index, the parts that it names, and as many for the parts of the next one.</summary>
    public static int MountedFor(int room) => (2 * room) - 1;

    /// <summary>Chooses a slot for each part.</summary>
    /// <param name="parts">Hashes of the parts.</param>
    /// <param name="inUse">The slots that the index in the cluster names.</param>
    /// <param name="stored">Hashes of what slots hold. A part that is there already stays where it is.</param>
    /// <returns>The slots, in the order of the parts. As long as neither bundle has more parts than there is room for, all are mounted.</returns>
    public static IReadOnlyList<int> Place(IReadOnlyList<string> parts, IReadOnlyCollection<int> inUse, IReadOnlyDictionary<int, string> stored)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(inUse);
        ArgumentNullException.ThrowIfNull(stored);
        int mounted = inUse.Count + parts.Count;
        HashSet<int> taken = [.. inUse];
        int?[] places = new int?[parts.Count];
        for (int part = 0; part < parts.Count; part++)
        {
            places[part] = stored
                .Where(slot => slot.Value == parts[part] && slot.Key >= 1 && (inUse.Contains(slot.Key) || slot.Key <= mounted))
                .OrderByDescending(slot => inUse.Contains(slot.Key))
                .ThenBy(static slot => slot.Key)
                .Select(static slot => (int?)slot.Key)
                .FirstOrDefault();
            taken.UnionWith(places[part] is { } found ? [found] : []);
        }

        int free = 1;
        for (int part = 0; part < parts.Count; part++)
        {
            while (places[part] is null && !taken.Add(free))
            {
                free++;
            }

            places[part] ??= free;
        }

        return [.. places.Select(static place => place!.Value)];
    }

    /// <summary>The slots as the annotation of an index names them.</summary>
    public static string Text(IEnumerable<int> slots) => string.Join(',', slots.Select(static slot => slot.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The slots that an annotation names; none where it says nothing that could be meant.</summary>
    public static IReadOnlyList<int> Parse(string? annotation)
    {
        var slots = new List<int>();
        foreach (string text in (annotation ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int slot) && slot is >= 1 and < 2 * MostConfigMaps)
            {
                slots.Add(slot);
            }
        }

        return slots;
    }
}
