using System.Globalization;
using System.Text;

namespace MockOperator.Cli.Manifests;

/// <summary>The files that paths on the command line stand for.</summary>
internal static class LocalFiles
{
    private const int MaxFiles = 1000;
    private const long MaxBytes = 64L * 1024 * 1024;
    private static readonly string[] Endings = [".json", ".yaml", ".yml"];

    /// <summary>Lists the files: a file as it is, a directory as all <c>.json</c>, <c>.yaml</c> and <c>.yml</c> files in it, by name.</summary>
    /// <param name="paths">What was given.</param>
    /// <param name="problems">Takes what does not exist.</param>
    public static List<string> Find(IReadOnlyList<string> paths, ICollection<LocalProblem> problems)
    {
        var files = new List<string>();
        foreach (string path in paths)
        {
            if (File.Exists(path))
            {
                files.Add(path);
            }
            else if (Directory.Exists(path))
            {
                List<string> inside =
                [
                    .. Directory.EnumerateFiles(path)
                        .Where(static file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && !Path.GetFileName(file).StartsWith('.'))
                        .Order(StringComparer.Ordinal)
                        .Take(MaxFiles),
                ];
                if (inside.Count == 0)
                {
                    problems.Add(new LocalProblem(path, "The directory holds no .json, .yaml or .yml file."));
                }

                files.AddRange(inside);
            }
            else
            {
                problems.Add(new LocalProblem(path, "There is no such file or directory."));
            }
        }

        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A text that changes whenever a file appears, changes or goes.</summary>
    public static string Fingerprint(IReadOnlyList<string> paths)
    {
        var result = new StringBuilder();
        foreach (string file in Find(paths, new List<LocalProblem>()))
        {
            var info = new FileInfo(file);
            if (info.Exists)
            {
                result.Append(file).Append('@').Append(info.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture))
                    .Append('+').Append(info.Length.ToString(CultureInfo.InvariantCulture)).Append('\n');
            }
        }

        return result.ToString();
    }

    /// <summary>Reads a file; null, with a problem, when it cannot be read or is larger than 64 MiB.</summary>
    public static byte[]? Read(string file, ICollection<LocalProblem> problems)
    {
        try
        {
            if (new FileInfo(file).Length > MaxBytes)
            {
                problems.Add(new LocalProblem(file, "The file is larger than 64 MiB."));
                return null;
            }

            return File.ReadAllBytes(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            problems.Add(new LocalProblem(file, fault.Message));
            return null;
        }
    }
}
