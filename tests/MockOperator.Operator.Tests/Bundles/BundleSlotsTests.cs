using CsCheck;
using k8s.Models;
using MockOperator.Operator.Bundles;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Tests.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Bundles;

public sealed class BundleSlotsTests
{
    // Built once: collections of one to four ConfigMaps, and of some of them a variant that differs only at its end, or only in the definition.
    private static readonly Bundle[] s_bundles =
    [
        .. Enumerable.Range(0, 8).Select(static seed => Build(1 + (seed % 4 * 700_000), seed)),
        .. Enumerable.Range(4, 4).Select(static seed => Build(1 + (seed % 4 * 700_000), seed, definitionSeed: 7)),
        .. Enumerable.Range(4, 4).Select(static seed => Build(1 + (seed % 4 * 700_000), seed, changedEnd: true)),
    ];

    [Fact]
    public void After_any_write_pods_load_the_revision_of_before_or_the_new_one() =>
        Gen.Select(Gen.Int[0, s_bundles.Length - 1], Gen.Int[0, 12], Gen.Bool).Array[1, 12].Sample(
            edits =>
            {
                var stored = new SortedDictionary<int, V1ConfigMap>();
                int room = 1;
                foreach ((int chosen, int writes, bool pruned) in edits)
                {
                    Bundle bundle = s_bundles[chosen];
                    string? before = StoredBundle.Load(stored.Values);
                    room = Math.Max(room, BundleSlots.RoomFor(bundle.Groups.Count));
                    IReadOnlyList<int> slots = PlaceIn(stored, bundle);
                    Assert.Equal(slots.Count, slots.Distinct().Count());
                    Assert.All(slots, slot => Assert.InRange(slot, 1, BundleSlots.MountedFor(room) - 1));
                    IReadOnlyList<V1ConfigMap> maps = BundleConfigMaps.Build(Mocks.Petstore, bundle, slots);
                    foreach ((V1ConfigMap map, int slot) in maps.Zip(slots.Append(0)).Take(writes))
                    {
                        stored[slot] = map;
                        string? loaded = StoredBundle.Load(stored.Values);
                        Assert.True(loaded == (slot == 0 ? bundle.Revision : before), "what is stored is neither the revision of before nor the new one");
                    }

                    if (writes >= maps.Count && pruned)
                    {
                        foreach (int unused in stored.Keys.Except(slots.Append(0)).ToList())
                        {
                            stored.Remove(unused);
                            Assert.Equal(bundle.Revision, StoredBundle.Load(stored.Values));
                        }
                    }
                }
            },
            iter: 300);

    [Fact]
    public void The_same_bundle_stays_where_it_is()
    {
        var stored = new SortedDictionary<int, V1ConfigMap>();
        IReadOnlyList<int> first = Store(stored, s_bundles[3]);
        IReadOnlyList<int> second = Store(stored, s_bundles[2]);

        Assert.Empty(first.Intersect(second));
        Assert.Equal(second, PlaceIn(stored, s_bundles[2]));
    }

    [Fact]
    public void A_part_that_an_edit_leaves_as_it_is_is_not_written_again()
    {
        var stored = new SortedDictionary<int, V1ConfigMap>();
        IReadOnlyList<int> before = Store(stored, s_bundles[7]);

        IReadOnlyList<int> after = PlaceIn(stored, s_bundles[11]);

        Assert.True(before.Count > 1);
        Assert.Equal(before.Take(before.Count - 1), after.Take(before.Count - 1));
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 3, 2)]
    [InlineData(4, 7, 6)]
    [InlineData(64, 127, 126)]
    public void There_is_room_for_two_bundles_beside_each_other(int room, int mounted, int highest)
    {
        Assert.Equal(mounted, BundleSlots.MountedFor(room));
        Assert.Equal(room, BundleSlots.RoomUpTo(highest));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x,-1,0,99999999999,500")]
    public void An_annotation_that_says_nothing_names_no_slot(string? annotation) => Assert.Empty(BundleSlots.Parse(annotation));

    private static IReadOnlyList<int> Store(SortedDictionary<int, V1ConfigMap> stored, Bundle bundle)
    {
        IReadOnlyList<int> slots = PlaceIn(stored, bundle);
        foreach ((V1ConfigMap map, int slot) in BundleConfigMaps.Build(Mocks.Petstore, bundle, slots).Zip(slots.Append(0)))
        {
            stored[slot] = map;
        }

        return slots;
    }

    private static IReadOnlyList<int> PlaceIn(SortedDictionary<int, V1ConfigMap> stored, Bundle bundle) => BundleSlots.Place(
        bundle.Parts,
        BundleSlots.Parse(stored.GetValueOrDefault(0)?.Metadata.Annotations.TryGetValue(ChildLabels.BundleSlots, out string? text) == true ? text : null),
        stored.Where(static pair => pair.Key > 0).ToDictionary(static pair => pair.Key, static pair => pair.Value.Metadata.Annotations[ChildLabels.BundlePart]));

    private static Bundle Build(int bytes, int seed, int definitionSeed = 0, bool changedEnd = false)
    {
        byte[] document = new byte[bytes];
        new Random(seed).NextBytes(document);
        document[^1] ^= changedEnd ? (byte)1 : (byte)0;
        return BundleBuilder.Build(new MockDefinition { Name = "petstore", Namespace = "demo", Seed = definitionSeed }, BundleDocument.Of(document), new string('a', 64));
    }
}
