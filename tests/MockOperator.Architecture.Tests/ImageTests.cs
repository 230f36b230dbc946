using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MockOperator.Architecture.Tests;

/// <summary>An image is built of the projects that its program needs: of one that is missing in a list, a change would not be seen, or the build would stop.</summary>
public partial class ImageTests
{
    [Theory]
    [InlineData("runtime", "MockOperator.Runtime")]
    [InlineData("operator", "MockOperator.Operator")]
    [InlineData("console", "MockOperator.Cli")]
    public void A_Dockerfile_restores_every_project_that_the_program_needs(string image, string project)
    {
        var text = File.ReadAllText(Path.Combine(Root.Directory, "images", image, "Dockerfile"));
        Assert.Equal(Needed(project), CopiedProject().Matches(text).Select(static match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("mock-runtime", "MockOperator.Runtime")]
    [InlineData("mock-operator", "MockOperator.Operator")]
    [InlineData("mock-console", "MockOperator.Cli")]
    public void The_tag_of_an_image_changes_with_everything_that_goes_into_its_program(string program, string project)
    {
        var line = File.ReadLines(Path.Combine(Root.Directory, "hack", "images")).Single(line => line.Contains($" build {program} ", StringComparison.Ordinal));
        Assert.Equal(Needed(project), SourceFolders().Match(line).Groups["names"].Value.Split(',').Select(static name => $"MockOperator.{name}").Order(StringComparer.Ordinal));
        Violations.None(
            from needed in Needed(project)
            from file in Project(needed).Descendants("EmbeddedResource")
            from path in file.Attribute("Include")!.Value.Split(';')
            where path.StartsWith("../../", StringComparison.Ordinal)
            let folder = Path.GetDirectoryName(path["../../".Length..])!
            where !ConfigFolders().Match(line).Groups["names"].Value.Split(',').Contains(Path.GetRelativePath("config", folder), StringComparer.Ordinal)
            select $"{needed} carries what is in {folder}");
    }

    private static IEnumerable<string> Needed(string project)
    {
        var needed = new SortedSet<string>(StringComparer.Ordinal);
        for (var left = new Queue<string>([project]); left.TryDequeue(out var next);)
        {
            if (needed.Add(next))
            {
                foreach (var reference in Project(next).Descendants("ProjectReference"))
                    left.Enqueue(Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
            }
        }

        return needed;
    }

    private static XDocument Project(string name) => XDocument.Load(Path.Combine(Root.Source(name), $"{name}.csproj"));

    [GeneratedRegex(@" src/MockOperator\.\{(?<names>[\w,]+)\} ", RegexOptions.ExplicitCapture)]
    private static partial Regex SourceFolders();

    [GeneratedRegex(@" config/\{(?<names>[\w,]+)\} ", RegexOptions.ExplicitCapture)]
    private static partial Regex ConfigFolders();

    [GeneratedRegex(@"^COPY \S+/(?<name>[\w.]+)\.csproj ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CopiedProject();
}
