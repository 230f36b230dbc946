using MockOperator.PostmanApi.Identity;

namespace MockOperator.PostmanApi.Tests.Identity;

public class PostmanIdTests
{
    // Scripts keep ids: these may never change.
    [Theory]
    [InlineData(PostmanKind.Mock, "demo", "pets", "13495054-6fd9-54a8-85b1-29e07bce911a")]
    [InlineData(PostmanKind.Collection, "demo", "pets", "0c635c58-8722-5139-a20f-43fbc9767705")]
    public void An_id_follows_from_kind_namespace_and_name(object kind, string ns, string name, string expected) =>
        Assert.Equal(expected, PostmanId.Of((PostmanKind)kind, new(ns, name)));

    [Fact]
    public void An_id_is_a_UUID_of_version_5()
    {
        for (var i = 0; i < 1000; i++)
        {
            var id = PostmanId.Of(PostmanKind.Mock, new("demo", $"m{i}"));
            Assert.Equal('5', id[14]);
            Assert.Contains(id[19], "89ab");
        }
    }

    [Fact]
    public void Kinds_namespaces_and_names_do_not_run_into_each_other()
    {
        string[] ids =
        [
            PostmanId.Of(PostmanKind.Mock, new("a", "b")), PostmanId.Of(PostmanKind.Collection, new("a", "b")), PostmanId.Of(PostmanKind.Mock, new("a-b", "")),
            PostmanId.Of(PostmanKind.Mock, new("b", "a")), PostmanId.Of(PostmanKind.ServerResponse, new("a", "b"), "c"), PostmanId.Of(PostmanKind.ServerResponse, new("a", "b/c"), ""), PostmanId.OfWorkspace("a"),
        ];

        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("5daabc50-8451-43f6-922d-96b403b4f28e", "5daabc50-8451-43f6-922d-96b403b4f28e")]
    [InlineData("10000000-5DAABC50-8451-43F6-922D-96B403B4F28E", "5daabc50-8451-43f6-922d-96b403b4f28e")]
    [InlineData("12345ABC-5daabc50-8451-43f6-922d-96b403b4f28e", "5daabc50-8451-43f6-922d-96b403b4f28e")]
    [InlineData("5daabc50-8451-43f6-922d-96b403b4f28e\n", null)]
    [InlineData(" 5daabc50-8451-43f6-922d-96b403b4f28e", null)]
    [InlineData("pets", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Ids_and_uids_are_read_and_nothing_else_is(string? text, string? expected) => Assert.Equal(expected, PostmanId.Read(text));

    // newman takes an argument for an uid by this, and postman-collection's owner is digits.
    [Fact]
    public void An_uid_is_what_newman_takes_for_one() => Assert.Matches("^[0-9A-Z]+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", PostmanId.UidOf(PostmanKind.Collection, new("a", "b")));
}
