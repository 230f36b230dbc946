using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Tests.Collections;

/// <summary>
/// Each file of the corpus is read and written out whole; beside it lies what that must be. After a change that is meant, set <c>UPDATE_CORPUS</c> to the
/// folder of the corpus, run these tests, and review the difference.
/// </summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Collections => [.. Corpus.Collections];

    public static TheoryData<string> Environments => [.. Corpus.Environments];

    [Theory]
    [MemberData(nameof(Collections))]
    public void A_collection_is_read_as_it_is_known_to_be(string name) =>
        Compare(name, Transcript.Of(CollectionReader.ReadPostman(Corpus.Read(name))));

    [Theory]
    [MemberData(nameof(Environments))]
    public void An_environment_is_read_as_it_is_known_to_be(string name) =>
        Compare(name, Transcript.Of(PostmanEnvironmentReader.Read(Corpus.Read(name))));

    [Fact]
    public void Everything_but_the_damaged_collection_is_understood_without_a_skipped_place()
    {
        Assert.All(
            Corpus.Collections.Where(static name => !name.StartsWith("damaged", StringComparison.Ordinal)),
            static name =>
            {
                LoadedCollection collection = CollectionReader.ReadPostman(Corpus.Read(name));
                Assert.NotEmpty(collection.Examples);
                Assert.All(collection.Issues, static issue => Assert.Equal(LoadIssueReason.ParentRequestUsed, issue.Reason));
            });
    }

    private static void Compare(string name, string actual)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_CORPUS") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, name + ".expected"), actual);
            return;
        }

        Assert.Equal(Corpus.Expected(name), actual);
    }
}
