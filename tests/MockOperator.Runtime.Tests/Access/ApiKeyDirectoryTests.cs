using MockOperator.Runtime.Access;

namespace MockOperator.Runtime.Tests.Access;

public sealed class ApiKeyDirectoryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("keys-").FullName;
    private readonly string _directory;

    public ApiKeyDirectoryTests() => _directory = Directory.CreateDirectory(Path.Combine(_root, "api-keys")).FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Each_file_is_a_key_named_by_the_file()
    {
        // As the kubelet lays a Secret out: entries are links into a directory that is swapped as a whole.
        Directory.CreateDirectory(Path.Combine(_directory, "..2026_01_01"));
        File.WriteAllText(Path.Combine(_directory, "..2026_01_01", "team-a"), "key-a\n");
        Directory.CreateSymbolicLink(Path.Combine(_directory, "..data"), "..2026_01_01");
        File.CreateSymbolicLink(Path.Combine(_directory, "team-a"), Path.Combine("..data", "team-a"));
        File.WriteAllText(Path.Combine(_directory, "..2026_01_01", "team-b"), "key-b");
        File.CreateSymbolicLink(Path.Combine(_directory, "team-b"), Path.Combine("..data", "team-b"));

        var ring = ApiKeyDirectory.Read(_root, "api-keys");
        Assert.Null(ring.Problem);
        Assert.Equal(["team-a", "team-b"], ring.Entries.Select(entry => entry.Name));
        Assert.Equal("team-a", ring.Find("key-a")?.Name);
    }

    [Fact]
    public void A_directory_that_is_not_there_closes_the_ring()
        => Assert.Contains("does not exist", ApiKeyDirectory.Read(_root, "absent").Problem, StringComparison.Ordinal);

    [Fact]
    public void An_empty_directory_closes_the_ring()
        => Assert.Contains("no entries", ApiKeyDirectory.Read(_root, "api-keys").Problem, StringComparison.Ordinal);

    [Fact]
    public void An_empty_file_closes_the_ring()
    {
        File.WriteAllText(Path.Combine(_directory, "good"), "key");
        File.WriteAllText(Path.Combine(_directory, "blank"), "\n");
        Assert.Contains("'blank'", ApiKeyDirectory.Read(_root, "api-keys").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_larger_than_a_Secret_closes_the_ring()
    {
        File.WriteAllBytes(Path.Combine(_directory, "huge"), new byte[1024 * 1024 + 1]);
        Assert.Contains("larger than a Secret", ApiKeyDirectory.Read(_root, "api-keys").Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../api-keys")]
    [InlineData("/etc")]
    [InlineData("")]
    public void A_name_never_leads_out_of_the_secrets_directory(string name) => Assert.NotNull(ApiKeyDirectory.Read(_root, name).Problem);
}
