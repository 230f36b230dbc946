using MockOperator.Fuzzing.Engine;

namespace MockOperator.Fuzzing.Targets;

/// <summary>All targets, by name.</summary>
internal static class FuzzTargets
{
    private static readonly (string Name, Func<FuzzTarget> Open)[] s_all =
    [
        ("collection", static () => new CollectionTarget()),
        ("native", static () => new NativeTarget()),
        ("environment", static () => new EnvironmentTarget()),
        ("matcher", static () => new MatcherTarget()),
        ("template", static () => new TemplateTarget()),
        ("bundle", static () => new BundleTarget()),
        ("yaml", static () => new YamlTarget()),
        ("manifest", static () => new ManifestTarget()),
        ("control", static () => new ControlTarget()),
        ("ports", static () => new PortsTarget()),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Select(static target => target.Name)];

    /// <summary>Makes a target ready; null when there is none of this name.</summary>
    public static FuzzTarget? Open(string name) => s_all.FirstOrDefault(target => target.Name == name).Open?.Invoke();
}
