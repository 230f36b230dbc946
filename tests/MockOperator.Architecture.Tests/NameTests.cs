namespace MockOperator.Architecture.Tests;

public class NameTests
{
    private static readonly string[] SayLittle =
        ["Utils", "Util", "Utilities", "Helpers", "Helper", "Common", "Shared", "Misc", "Managers", "Manager", "Services", "Models", "Base", "Core"];

    [Fact]
    public void A_namespace_is_an_idea_of_the_domain() =>
        Violations.None(
            from floor in Floor.House
            from file in SourceFile.Of(floor.Project)
            from part in (file.Namespace ?? "").Split('.')
            where SayLittle.Contains(part, StringComparer.OrdinalIgnoreCase)
            select $"{file.Place} declares {file.Namespace}");

    [Fact]
    public void A_file_name_says_what_is_in_it() =>
        Violations.None(
            from floor in Floor.House
            from file in SourceFile.Of(floor.Project)
            let name = Path.GetFileNameWithoutExtension(file.Path)
            where SayLittle.Any(word => word is not ("Base" or "Core" or "Shared" or "Common") && name.EndsWith(word, StringComparison.Ordinal))
            select file.Place);
}
