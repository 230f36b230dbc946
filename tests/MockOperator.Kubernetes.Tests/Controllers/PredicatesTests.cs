using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Kubernetes.Tests.Server;

namespace MockOperator.Kubernetes.Tests.Controllers;

public sealed class PredicatesTests
{
    public static TheoryData<string, bool> Edits => new()
    {
        { "nothing", false },
        { "status", false },
        { "generation", true },
        { "label", true },
        { "annotation", true },
        { "finalizer", true },
        { "deletion", true },
        { "owner", true },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void Spec_and_what_we_read_of_metadata_wake_and_status_does_not(string edit, bool wakes)
    {
        var now = Widget.Named("a", "2");
        switch (edit)
        {
            case "status":
                now.Status = new WidgetStatus { Phase = "Ready" };
                break;
            case "generation":
                now.Metadata.Generation = 2;
                break;
            case "label":
                now.Metadata.Labels = Map;
                break;
            case "annotation":
                now.Metadata.Annotations = Map;
                break;
            case "finalizer":
                now.Metadata.Finalizers = ["x"];
                break;
            case "deletion":
                now.Metadata.DeletionTimestamp = DateTime.UnixEpoch;
                break;
            case "owner":
                now.Metadata.OwnerReferences = [OwnerMapping.OwnerReferenceTo(Widget.Named("o"))];
                break;
        }

        Assert.Equal(wakes, Predicates.SpecOrMetadataChanged(new StoreChange<Widget>(StoreChangeKind.Updated, new("default", "a"), Widget.Named("a"), now, false)));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Where_only_the_spec_matters_metadata_wakes_nobody(int generation, bool wakes)
    {
        var now = Widget.Named("a", "2");
        now.Metadata.Annotations = Map;
        now.Metadata.Generation = generation;
        Assert.Equal(wakes, Predicates.SpecChanged(new StoreChange<Widget>(StoreChangeKind.Updated, new("default", "a"), Widget.Named("a"), now, false)));
    }

    [Fact]
    public void Coming_and_going_wake()
    {
        Assert.True(Predicates.SpecChanged(new StoreChange<Widget>(StoreChangeKind.Added, new("x", "a"), null, Widget.Named("a"), true)));
        Assert.True(Predicates.SpecChanged(new StoreChange<Widget>(StoreChangeKind.Deleted, new("x", "a"), Widget.Named("a"), null, false)));
        Assert.True(Predicates.SpecOrMetadataChanged(new StoreChange<Widget>(StoreChangeKind.Added, new("x", "a"), null, Widget.Named("a"), true)));
        Assert.True(Predicates.SpecOrMetadataChanged(new StoreChange<Widget>(StoreChangeKind.Deleted, new("x", "a"), Widget.Named("a"), null, false)));
    }

    [Theory]
    [InlineData("example.test/v1", "Widget", true, true)]
    [InlineData("example.test/v2", "Widget", true, true)]
    [InlineData("other.test/v1", "Widget", true, false)]
    [InlineData("v1", "Widget", true, false)]
    [InlineData("example.test/v1", "Gadget", true, false)]
    [InlineData("example.test/v1", "Widget", false, false)]
    public void Only_the_controlling_owner_of_the_same_group_and_kind_is_woken(string apiVersion, string kind, bool controls, bool wakes)
    {
        var child = new V1ConfigMap
        {
            Metadata = new V1ObjectMeta
            {
                NamespaceProperty = "ns",
                OwnerReferences =
                [
                    new V1OwnerReference { ApiVersion = "v1", Kind = "Node", Name = "first", Uid = "n" },
                    new V1OwnerReference { ApiVersion = apiVersion, Kind = kind, Name = "o", Uid = "u", Controller = controls },
                ],
            },
        };
        Assert.Equal(wakes ? new ObjectKey("ns", "o") : null, OwnerMapping.ControllerOf(child, ResourceKind.Of<Widget>()));
    }

    private static Dictionary<string, string> Map => new(StringComparer.Ordinal) { ["x"] = "y" };
}
