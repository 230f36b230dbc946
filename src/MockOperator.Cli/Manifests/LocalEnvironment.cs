using System.Diagnostics.CodeAnalysis;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Cli.Manifests;

/// <summary>Merges the environment of a MockServer from ConfigMaps and Secrets among the given files.</summary>
internal sealed class LocalEnvironment(LocalDocuments documents, string inNamespace)
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    /// <summary>Merges in the order of the API: a Postman export is weakest, then <c>from</c> in order, then <c>variables</c>.</summary>
    public bool TryMerge(
        EnvironmentSpec? spec,
        [NotNullWhen(true)] out IReadOnlyDictionary<string, string>? variables,
        [NotNullWhen(false)] out string? problem)
    {
        variables = _variables;
        problem = spec?.Postman is { } export ? MergeExport(export) : null;
        foreach (EnvironmentSource source in spec?.From ?? [])
        {
            problem ??= MergeSource(source);
        }

        foreach (EnvironmentVariable variable in spec?.Variables ?? [])
        {
            if (string.IsNullOrEmpty(variable.Name))
            {
                problem ??= "A variable in spec.environment.variables has no name.";
            }
            else
            {
                _variables[variable.Name] = variable.Value ?? "";
            }
        }

        if (problem is not null)
        {
            variables = null;
        }

        return problem is null;
    }

    private string? MergeSource(EnvironmentSource source)
    {
        (string kind, string name) = source.SecretRef is { } secret ? ("Secret", secret.Name) : ("ConfigMap", source.ConfigMapRef?.Name ?? "");
        if (documents.Find(kind, inNamespace, name) is not { } found)
        {
            return source.Optional is true ? null : $"{kind} '{name}' is not among the given files.";
        }

        foreach ((string variable, string value) in ConfigData.Variables(found))
        {
            _variables[source.Prefix + variable] = value;
        }

        return null;
    }

    private string? MergeExport(PostmanEnvironmentSource source)
    {
        (string kind, string name, string key) = source.SecretKeyRef is { } secret
            ? ("Secret", secret.Name, secret.Key)
            : ("ConfigMap", source.ConfigMapKeyRef?.Name ?? "", source.ConfigMapKeyRef?.Key ?? "");
        if (documents.Find(kind, inNamespace, name) is not { } found)
        {
            return $"{kind} '{name}' is not among the given files.";
        }

        if (!ConfigData.TryFind(found, key, out byte[]? export))
        {
            return $"{kind} '{name}' has no key '{key}'.";
        }

        LoadedEnvironment environment = PostmanEnvironmentReader.Read(export);
        if (environment.IsFatal)
        {
            return $"{kind} '{name}', key '{key}' is no Postman environment export.";
        }

        foreach ((string variable, string value) in environment.Variables)
        {
            _variables[variable] = value;
        }

        return null;
    }
}
