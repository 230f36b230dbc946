namespace MockOperator.Operator.Desired;

/// <summary>The labels and annotations by which children are found and told apart.</summary>
public static class ChildLabels
{
    /// <summary>Prefix of our own labels and annotations.</summary>
    public const string Prefix = "mockoperator.dev/";

    /// <summary>Annotation: the hash of what was applied.</summary>
    public const string Applied = "mockoperator.dev/applied";

    /// <summary>Label: the program.</summary>
    public const string Name = "app.kubernetes.io/name";

    /// <summary>Label: the mock, as the well-known labels call it.</summary>
    public const string Instance = "app.kubernetes.io/instance";

    /// <summary>Label: who writes the object.</summary>
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    /// <summary>Label: the part it plays.</summary>
    public const string Component = "app.kubernetes.io/component";

    /// <summary>Label: the mock, under a key of ours that nobody else uses.</summary>
    public const string Mock = "mockoperator.dev/mock-server";

    /// <summary>Value of <see cref="ManagedBy"/>.</summary>
    public const string Manager = "mock-operator";

    /// <summary>Value of <see cref="Name"/>.</summary>
    public const string Runtime = "mock-runtime";

    /// <summary>Value of <see cref="Component"/> on the children of a mock.</summary>
    public const string MockServerComponent = "mock-server";

    /// <summary>Value of <see cref="Component"/> on a ConfigMap that the operator made to hold published URLs.</summary>
    public const string PublishedUrlComponent = "published-url";

    /// <summary>Annotation on a pod: the revision that its files should hold. Writing it makes the kubelet refresh them at once.</summary>
    public const string BundleRevision = "mockoperator.dev/bundle-revision";

    /// <summary>Annotation on a pod that lacks its keys: changing it makes the kubelet look for the Secret at once.</summary>
    public const string KeysAwaited = "mockoperator.dev/keys-awaited";

    /// <summary>Annotation on the ConfigMap with the index of a bundle: its revision.</summary>
    public const string Revision = "mockoperator.dev/revision";

    /// <summary>Annotation on the ConfigMap with the index of a bundle: the slots of the parts that it names.</summary>
    public const string BundleSlots = "mockoperator.dev/bundle-slots";

    /// <summary>Annotation on a ConfigMap with a part of a bundle: the hash of what is in it.</summary>
    public const string BundlePart = "mockoperator.dev/bundle-part";

    /// <summary>Prefix of the annotation that says which mock publishes into a ConfigMap; the name of the mock follows.</summary>
    public const string PublishPrefix = "publish.mockoperator.dev/";

    /// <summary>Selects the children of all mocks.</summary>
    public const string AllChildren = ManagedBy + "=" + Manager + "," + Component + "=" + MockServerComponent;

    /// <summary>The labels of every child of a mock.</summary>
    public static Dictionary<string, string> Of(string mock) => new(StringComparer.Ordinal)
    {
        [Name] = Runtime,
        [Instance] = mock,
        [ManagedBy] = Manager,
        [Component] = MockServerComponent,
        [Mock] = mock,
    };

    /// <summary>The labels that select the pods of a mock. They never change, since a Deployment's selector cannot.</summary>
    public static Dictionary<string, string> Selector(string mock) => new(StringComparer.Ordinal)
    {
        [Name] = Runtime,
        [Mock] = mock,
    };

    /// <summary>The same selector as text, for the scale subresource.</summary>
    public static string SelectorText(string mock) => $"{Name}={Runtime},{Mock}={mock}";
}
