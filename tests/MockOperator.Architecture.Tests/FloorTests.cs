using System.Xml.Linq;

namespace MockOperator.Architecture.Tests;

public class FloorTests
{
    public static TheoryData<string> Projects => [.. Floor.House.Select(floor => floor.Project)];

    [Fact]
    public void Every_project_has_its_floor() =>
        Assert.Equal(
            Floor.House.Select(floor => floor.Project).Order(StringComparer.Ordinal),
            Directory.EnumerateDirectories(Path.Combine(Root.Directory, "src")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Whoever_reads_how_it_is_built_reads_of_every_floor(string project)
    {
        Assert.Contains($"\n| `{project}` |", File.ReadAllText(Path.Combine(Root.Directory, "docs", "architecture.md")), StringComparison.Ordinal);
        Assert.Contains($"`{project["MockOperator.".Length..]}`", File.ReadAllText(Path.Combine(Root.Directory, "CONTRIBUTING.md")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_projects_below_it(string project)
    {
        var floor = Floor.House.Single(floor => floor.Project == project);
        var references = XDocument.Load(Path.Combine(Root.Source(project), $"{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Violations.None(references.Except(floor.MayUse, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_file_names_nothing_above_its_project(string project)
    {
        var floor = Floor.House.Single(floor => floor.Project == project);
        var allowed = floor.MayUse.Append(project).ToArray();

        Violations.None(
            from file in SourceFile.Of(project)
            from name in file.Names
            where !allowed.Any(below => name == below || name.StartsWith(below + ".", StringComparison.Ordinal))
            select $"{file.Place} names {name}");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_namespace_is_the_path_of_its_folder(string project) =>
        Violations.None(
            from file in SourceFile.Of(project)
            let expected = file.Folder.Length == 0 ? project : $"{project}.{file.Folder}"
            where file.Namespace is not null && file.Namespace != expected && file.Namespace != "MockOperator.Resources" // one namespace over all its folders
            select $"{file.Place} declares {file.Namespace}, and its folder says {expected}");

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_two_folders_of_a_project_need_each_other(string project)
    {
        var files = SourceFile.Of(project);
        var folders = files.Where(file => file.Namespace is not null).Select(file => file.Namespace!).ToHashSet(StringComparer.Ordinal);
        var needs = folders.ToDictionary(
            folder => folder,
            folder => files.Where(file => file.Namespace == folder)
                .SelectMany(file => file.Names)
                .Select(name => folders.Where(other => name == other || name.StartsWith(other + ".", StringComparison.Ordinal)).MaxBy(other => other.Length))
                .Where(other => other is not null && other != folder)
                .Select(other => other!)
                .ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);

        Violations.None(Cycle(needs));
    }

    [Theory]
    [InlineData("MockOperator.Mocking.Collections", "MockOperator.Mocking.Matching", "MockOperator.Mocking.Templating", "MockOperator.Mocking.Serving")]
    [InlineData("MockOperator.Mocking.Matching", "MockOperator.Mocking.Serving")]
    [InlineData("MockOperator.Mocking.Templating", "MockOperator.Mocking.Matching", "MockOperator.Mocking.Serving")]
    [InlineData("MockOperator.Operator.Desired", "MockOperator.Operator.Controllers", "MockOperator.Operator.Control")]
    [InlineData("MockOperator.Operator.Control", "MockOperator.Operator.Controllers")]
    public void A_folder_does_not_need_the_ones_above_it(string folder, params string[] above)
    {
        var project = string.Join('.', folder.Split('.').Take(2));

        Violations.None(
            from file in SourceFile.Of(project)
            where file.Namespace == folder
            from name in file.Names
            where above.Any(other => name == other || name.StartsWith(other + ".", StringComparison.Ordinal))
            select $"{file.Place} names {name}");
    }

    /// <summary>The folders of one cycle, in order, or nothing.</summary>
    private static string[] Cycle(Dictionary<string, HashSet<string>> needs)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in needs.Keys.Order(StringComparer.Ordinal))
        {
            if (Walk(start, []) is { Length: > 0 } cycle)
                return cycle;
        }

        return [];

        string[] Walk(string folder, List<string> path)
        {
            if (path.IndexOf(folder) is var at and >= 0)
                return [.. path[at..], folder];
            if (!done.Add(folder))
                return [];

            path.Add(folder);
            foreach (var next in needs[folder].Order(StringComparer.Ordinal))
            {
                if (Walk(next, path) is { Length: > 0 } cycle)
                    return cycle;
            }

            path.RemoveAt(path.Count - 1);
            return [];
        }
    }
}
