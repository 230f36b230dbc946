using CsCheck;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Tests.Server;

namespace MockOperator.Kubernetes.Tests.Caching;

public sealed class ResourceStoreTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Any_sequence_of_writes_leaves_content_indexes_and_changes_as_a_naive_model_has_them()
    {
        var widget = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2], Gen.Int[0, 3], (name, uid, size) => Widget.Named($"w{name}", uid: $"u{name}-{uid}", size: size));
        var step = Gen.OneOf(
            Gen.Select(widget, w => new Step(Upsert: w)),
            Gen.Select(widget, w => new Step(Remove: w)),
            Gen.Select(widget.Array[0, 6], all => new Step(Replace: [.. all.DistinctBy(w => w.Metadata.Name)])));
        step.Array[0, 60].Sample(steps =>
        {
            var store = Store(out var partition);
            var model = new Dictionary<string, Widget>(StringComparer.Ordinal);
            var told = new Dictionary<string, Widget>(StringComparer.Ordinal);
            store.Changed += change => Follow(told, change);
            var version = 1;
            foreach (var (upsert, remove, replace) in steps)
            {
                version++;
                if (upsert is not null)
                {
                    // The generator shares objects between steps; a store's objects are never changed.
                    var fresh = Fresh(upsert, version);
                    partition.Upsert(fresh);
                    model[fresh.Metadata.Name] = fresh;
                }
                else if (remove is not null)
                {
                    partition.Remove(Fresh(remove, version));
                    model.Remove(remove.Metadata.Name);
                }
                else
                {
                    var items = replace!.Select(w => Fresh(w, version)).ToList();
                    partition.Replace(items, $"{version}");
                    model = items.ToDictionary(w => w.Metadata.Name, StringComparer.Ordinal);
                }

                Assert.Equal(model.Values.OrderBy(Name).ToList(), store.List().OrderBy(Name).ToList());
                Assert.Equal(model.Values.OrderBy(Name).ToList(), told.Values.OrderBy(Name).ToList());
                for (var size = 0; size <= 3; size++)
                    Assert.Equal(model.Values.Where(w => w.Spec!.Size == size).OrderBy(Name).ToList(), store.ByIndex("size", $"{size}").OrderBy(Name).ToList());
            }
        });
    }

    [Fact]
    public void An_object_of_the_same_name_with_another_uid_is_deleted_and_added()
    {
        var store = Store(out var partition);
        partition.Replace([Widget.Named("a", "1", "old")], "1");
        var changes = Record(store);
        partition.Upsert(Widget.Named("a", "2", "new"));
        Assert.Equal([StoreChangeKind.Deleted, StoreChangeKind.Added], changes.Select(c => c.Kind));
        Assert.Equal("old", changes[0].Old!.Metadata.Uid);
        Assert.Equal("new", changes[1].New!.Metadata.Uid);
    }

    [Fact]
    public void An_object_that_a_new_list_lacks_is_told_as_deleted_with_its_last_state()
    {
        var store = Store(out var partition);
        partition.Replace([Widget.Named("a", "1"), Widget.Named("b", "1")], "1");
        partition.Upsert(Widget.Named("a", "2", size: 9));
        var changes = Record(store);
        partition.Replace([Widget.Named("b", "1")], "5");
        var change = Assert.Single(changes);
        Assert.Equal((StoreChangeKind.Deleted, 9), (change.Kind, change.Old!.Spec!.Size));
    }

    [Fact]
    public void An_object_that_cannot_be_read_stays_as_it_last_was()
    {
        var store = Store(out var partition);
        partition.Replace([Widget.Named("a", "1")], "1");
        partition.Replace([], "2", new HashSet<ObjectKey> { new("default", "a") });
        Assert.NotNull(store.Get("default", "a"));
    }

    [Fact]
    public void A_list_that_changes_nothing_tells_nothing()
    {
        var store = Store(out var partition);
        partition.Replace([Widget.Named("a", "1")], "1");
        var changes = Record(store);
        partition.Replace([Widget.Named("a", "1")], "9");
        Assert.Empty(changes);
    }

    [Fact]
    public void The_store_shows_a_change_before_it_is_told()
    {
        var store = Store(out var partition);
        var seen = 0;
        store.Changed += change => seen = store.Get(change.Key)?.Spec!.Size ?? -1;
        partition.Upsert(Widget.Named("a", "2", size: 4));
        Assert.Equal(4, seen);
        partition.Remove(Widget.Named("a", "3"));
        Assert.Equal(-1, seen);
    }

    [Fact]
    public async Task Readers_never_see_a_mixture_of_two_lists()
    {
        var store = Store(out var partition);
        var lists = Enumerable.Range(0, 2).Select(n => Enumerable.Range(0, 200).Select(i => Widget.Named($"w{i}", $"{n + 10}", size: n)).ToList()).ToList();
        partition.Replace(lists[0], "1");
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var mixed = 0;
            while (!stop.IsCancellationRequested)
            {
                if (store.List().Select(w => w.Spec!.Size).Distinct().Count() != 1)
                    mixed++;
            }

            return mixed;
        })).ToList();
        for (var i = 1; i < 200; i++)
            partition.Replace(lists[i % 2], $"{i}");
        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(readers), mixed => Assert.Equal(0, mixed));
    }

    [Fact]
    public async Task Namespaces_are_listed_apart_and_synced_together()
    {
        var store = new ResourceStore<Widget>(null, _time);
        var (a, b) = (store.OpenPartition("a"), store.OpenPartition("b"));
        a.Replace([Widget.Named("x", @namespace: "a")], "5");
        Assert.False(store.IsSynced);
        b.Replace([Widget.Named("x", @namespace: "b")], "6");
        Assert.True(store.IsSynced);
        a.Replace([], "7");
        Assert.Equal([new ObjectKey("b", "x")], store.Keys);
        Assert.False(store.WhenAtLeastAsync("b", 7, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken).IsCompleted);
        Assert.True(await store.WhenAtLeastAsync("a", 7, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        Assert.True(await store.WhenAtLeastAsync("elsewhere", 99, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        Assert.True(store.Watches("a") && store.Watches("b"));
        Assert.False(store.Watches("elsewhere"));
        Assert.True(Store(out _).Watches("elsewhere"));
    }

    [Theory]
    [InlineData("event")]
    [InlineData("bookmark")]
    [InlineData("list")]
    public async Task A_wait_for_a_version_ends_when_the_store_has_seen_it(string by)
    {
        var store = Store(out var partition);
        partition.Replace([], "1");
        var wait = store.WhenAtLeastAsync("default", 10, TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        partition.Bookmark("9");
        Assert.False(wait.IsCompleted);
        if (by == "event")
            partition.Upsert(Widget.Named("a", "10"));
        else if (by == "bookmark")
            partition.Bookmark("11");
        else
            partition.Replace([], "12");
        Assert.True(await wait.InTimeAsync("the version is seen"));
    }

    [Fact]
    public async Task A_wait_for_a_version_runs_out()
    {
        var store = Store(out var partition);
        partition.Replace([], "1");
        var wait = store.WhenAtLeastAsync("default", 10, TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(await wait.InTimeAsync("the wait runs out"));
    }

    [Fact]
    public async Task A_wait_for_a_deletion_ends_when_the_object_is_gone_replaced_or_marked()
    {
        foreach (var end in new Action<StorePartition<Widget>>[]
        {
            p => p.Remove(Widget.Named("a", "5")),
            p => p.Upsert(Widget.Named("a", "5", "another")),
            p => p.Upsert(Widget.Named("a", "5").With(m => m.DeletionTimestamp = DateTime.UnixEpoch)),
        })
        {
            var store = Store(out var partition);
            partition.Replace([Widget.Named("a", "1")], "1");
            var wait = store.WhenDeletedAsync(new("default", "a"), "uid-a", TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
            Assert.False(wait.IsCompleted);
            end(partition);
            Assert.True(await wait.InTimeAsync("the object is gone"));
        }
    }

    private static string Name(Widget w) => w.Metadata.Name;

    private static Widget Fresh(Widget w, int version) => Widget.Named(w.Metadata.Name, $"{version}", w.Metadata.Uid, w.Spec!.Size);

    private static void Follow(Dictionary<string, Widget> told, StoreChange<Widget> change)
    {
        // Each change must fit on what was told before.
        Assert.Equal(change.Old, told.GetValueOrDefault(change.Key.Name));
        if (change.New is { } now)
            told[change.Key.Name] = now;
        else
            Assert.True(told.Remove(change.Key.Name));
    }

    private static List<StoreChange<Widget>> Record(ResourceStore<Widget> store)
    {
        var changes = new List<StoreChange<Widget>>();
        store.Changed += changes.Add;
        return changes;
    }

    private ResourceStore<Widget> Store(out StorePartition<Widget> partition)
    {
        var store = new ResourceStore<Widget>(new StoreOptions<Widget>().Index("size", w => [$"{w.Spec!.Size}"]), _time);
        partition = store.OpenPartition();
        return store;
    }

    private sealed record Step(Widget? Upsert = null, Widget? Remove = null, IReadOnlyList<Widget>? Replace = null);
}
