using System.Globalization;
using k8s.Models;
using MockOperator.Mocking.Collections;
using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>
/// Resolves the environment of a mock into layers: ConfigMaps are read, Secrets only named, because they are mounted into the pods and never read here.
/// </summary>
public sealed class EnvironmentResolver(IConfigMapReader configMaps, ContentReader content)
{
    /// <summary>Most variables of one layer that comes from a ConfigMap or an export.</summary>
    public const int MostVariables = 10_000;

    private const string PostmanDirectory = "postman";
    private const string PostmanFile = "environment.json";

    /// <summary>Resolves an environment.</summary>
    /// <param name="ns">Namespace of the mock.</param>
    /// <param name="environment">The environment or null.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<ResolvedEnvironment> ResolveAsync(string ns, EnvironmentSpec? environment, CancellationToken cancellation)
    {
        var layers = new List<VariableLayer>();
        var secrets = new List<MountedSecret>();
        Unresolved? problem = await AddPostmanAsync(ns, environment?.Postman, layers, secrets, cancellation);
        for (int index = 0; index < (environment?.From?.Count ?? 0); index++)
        {
            EnvironmentSource source = environment!.From![index];
            if (source.SecretRef is { } secret)
            {
                string directory = string.Create(CultureInfo.InvariantCulture, $"env-{index}");
                secrets.Add(new MountedSecret(directory, secret.Name, Optional: source.Optional is true));
                layers.Add(new VariableLayer { SecretDirectory = directory, Prefix = source.Prefix, Optional = source.Optional is true ? true : null });
            }
            else if (source.ConfigMapRef is { } reference)
            {
                V1ConfigMap? map = await configMaps.ReadAsync(ns, reference.Name, cancellation);
                problem ??= map is null && source.Optional is true ? null
                    : map is null
                    ? new Unresolved("ConfigMapNotFound", $"spec.environment.from[{index}]: there is no ConfigMap '{reference.Name}' in namespace '{ns}'")
                    : TooMany($"spec.environment.from[{index}]", map.Data?.Count ?? 0);
                Add(layers, map?.Data?.Select(pair => KeyValuePair.Create(source.Prefix + pair.Key, pair.Value)));
            }
        }

        Add(layers, environment?.Variables?.GroupBy(static variable => variable.Name, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.Last().Value, StringComparer.Ordinal));
        return new ResolvedEnvironment(layers, secrets, problem);
    }

    private async Task<Unresolved?> AddPostmanAsync(
        string ns, PostmanEnvironmentSource? source, List<VariableLayer> layers, List<MountedSecret> secrets, CancellationToken cancellation)
    {
        if (source?.SecretKeyRef is { } secret)
        {
            secrets.Add(new MountedSecret(PostmanDirectory, secret.Name, secret.Key, PostmanFile));
            layers.Add(new VariableLayer { SecretPostmanEnvironment = $"{PostmanDirectory}/{PostmanFile}" });
            return null;
        }

        if (source?.ConfigMapKeyRef is not { } reference)
        {
            return null;
        }

        const string place = "spec.environment.postman";
        ReferencedContent export = await content.ReadAsync(ns, reference, cancellation);
        if (export.IsUnresolved(out Unresolved? lost))
        {
            return lost with { Message = $"{place}: {lost.Message}" };
        }

        LoadedEnvironment loaded = PostmanEnvironmentReader.Read(export.Bytes);
        Add(layers, loaded.Variables);
        LoadIssue? fatal = loaded.Issues.FirstOrDefault(static issue => issue.Severity == LoadIssueSeverity.Fatal);
        return fatal is not null
            ? new Unresolved("InvalidEnvironment", $"{place}: key '{reference.Key}' of ConfigMap '{reference.Name}': {fatal.Message}")
            : TooMany(place, loaded.Variables.Count);
    }

    private static Unresolved? TooMany(string place, int count) =>
        count > MostVariables ? new Unresolved("TooManyVariables", string.Create(CultureInfo.InvariantCulture, $"{place}: {count} variables, of at most {MostVariables}")) : null;

    private static void Add(List<VariableLayer> layers, IEnumerable<KeyValuePair<string, string>>? variables)
    {
        // Sorted, so that the same variables make the same bytes whatever order the API server lists them in.
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in variables ?? [])
        {
            sorted[name] = value;
        }

        if (sorted.Count > 0)
        {
            layers.Add(new VariableLayer { Variables = sorted });
        }
    }
}
