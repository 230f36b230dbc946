namespace MockOperator.Resources.Tests.Crds;

public sealed class ApiReferenceTests
{
    [Fact]
    public void The_page_is_what_the_definitions_say()
    {
        string path = Repository.PathOf("docs", "api-reference.md");
        string written = ApiReference.Write();
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, written);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == written, "docs/api-reference.md is stale: run this test with UPDATE_SNAPSHOTS=1.");
    }
}
