using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;
using MockOperator.Runtime.Volumes;

namespace MockOperator.Runtime.Bundles;

/// <summary>Merges the variable layers of a mock, taking those that are Secrets from mounted files. A problem names files, never what they hold.</summary>
internal static class SecretVariables
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Merges the layers; a later layer beats an earlier one.</summary>
    /// <param name="layers">Weakest first.</param>
    /// <param name="secretsDirectory">Where Secrets are mounted.</param>
    /// <param name="variables">The variables by name.</param>
    /// <param name="problem">Why they cannot be read.</param>
    public static bool TryMerge(
        IReadOnlyList<VariableLayer>? layers,
        string secretsDirectory,
        [NotNullWhen(true)] out IReadOnlyDictionary<string, string>? variables,
        [NotNullWhen(false)] out string? problem)
    {
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        variables = merged;
        problem = null;
        // The type says that no layer is null, but a list read from JSON may hold one.
        foreach (VariableLayer layer in (layers ?? []).Where(static layer => layer is not null))
        {
            try
            {
                problem = Merge(layer, secretsDirectory, merged);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                problem = $"The Secret mounted at '{layer.SecretDirectory ?? layer.SecretPostmanEnvironment}' cannot be read: {fault.Message}";
            }

            if (problem is not null)
            {
                variables = null;
                return false;
            }
        }

        return true;
    }

    private static string? Merge(VariableLayer layer, string secretsDirectory, Dictionary<string, string> merged)
    {
        foreach ((string name, string value) in layer.Variables ?? FrozenDictionary<string, string>.Empty)
        {
            merged[name] = value;
        }

        if (layer.SecretDirectory is { } directory)
        {
            return MergeDirectory(secretsDirectory, directory, layer, merged);
        }

        return layer.SecretPostmanEnvironment is { } export ? MergeExport(secretsDirectory, export, merged) : null;
    }

    private static string? MergeDirectory(string secretsDirectory, string name, VariableLayer layer, Dictionary<string, string> merged)
    {
        if (!TryResolve(secretsDirectory, name, out string? path))
        {
            return $"'{name}' is no directory below the secrets directory.";
        }

        if (!Directory.Exists(path))
        {
            return layer.Optional is true ? null : $"The Secret that should be mounted at '{name}' is not there.";
        }

        foreach (string file in Directory.EnumerateFiles(MountedVolume.Snapshot(path)))
        {
            if (!Path.GetFileName(file).StartsWith("..", StringComparison.Ordinal))
            {
                merged[layer.Prefix + Path.GetFileName(file)] = Encoding.UTF8.GetString(ReadBounded(file));
            }
        }

        return null;
    }

    private static string? MergeExport(string secretsDirectory, string name, Dictionary<string, string> merged)
    {
        if (!TryResolve(secretsDirectory, name, out string? path))
        {
            return $"'{name}' is no file below the secrets directory.";
        }

        if (!File.Exists(path))
        {
            return $"The Secret that should hold the Postman environment '{name}' is not there.";
        }

        LoadedEnvironment environment = PostmanEnvironmentReader.Read(ReadBounded(path));
        if (environment.IsFatal)
        {
            return $"'{name}' is no Postman environment export.";
        }

        foreach ((string variable, string value) in environment.Variables)
        {
            merged[variable] = value;
        }

        return null;
    }

    private static byte[] ReadBounded(string file)
    {
        using FileStream stream = File.OpenRead(file);
        if (stream.Length > MaxBytes)
        {
            throw new IOException($"it is larger than {MaxBytes} bytes.");
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static bool TryResolve(string root, string relative, [NotNullWhen(true)] out string? path)
    {
        string full = Path.GetFullPath(Path.Combine(root, relative));
        bool below = full.StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        path = below ? full : null;
        return below;
    }
}
