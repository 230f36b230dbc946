namespace MockOperator.Runtime.Benchmarks;

/// <summary>The native programs under test.</summary>
/// <param name="Runtime">Path of <c>mock-runtime</c>.</param>
/// <param name="Bare">Path of the bare endpoint.</param>
internal sealed record Programs(string Runtime, string Bare)
{
    /// <summary>Takes what the arguments name and builds the rest.</summary>
    public static Programs Find(string[] arguments)
    {
        string top = FindTop();
        return new Programs(
            Given(arguments, "--runtime") ?? Publish(top, "src/MockOperator.Runtime", "mock-runtime"),
            Given(arguments, "--bare") ?? Publish(top, "benchmarks/MockOperator.Runtime.Benchmarks/Bare", "bare"));
    }

    private static string? Given(string[] arguments, string option)
    {
        int index = Array.IndexOf(arguments, option);
        return index >= 0 && index + 1 < arguments.Length ? arguments[index + 1] : null;
    }

    private static string Publish(string top, string project, string program)
    {
        Report.Say($"compiling {program}");
        string output = Path.Combine(top, "artifacts", "bench", program);
        string linker = Machine.Has("clang") ? "clang" : "gcc";
        Machine.Run(
            "dotnet", "publish", Path.Combine(top, project), "-c", "Release", "-o", output, "-nologo", "--use-current-runtime", $"-p:CppCompilerAndLinker={linker}", "-p:RunAnalyzers=false");
        return Path.Combine(output, program);
    }

    private static string FindTop()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "MockOperator.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException("This program must lie inside the repository.");
    }
}
