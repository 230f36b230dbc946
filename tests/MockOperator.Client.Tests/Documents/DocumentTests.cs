using System.Text;
using MockOperator.Client.Documents;
using MockOperator.Client.Tests.Collections;
using MockOperator.Resources;

namespace MockOperator.Client.Tests.Documents;

public class DocumentTests
{
    [Fact]
    public void A_collection_says_its_name_and_how_much_of_it_can_be_served()
    {
        var document = CollectionDocument.Read(Encoding.UTF8.GetBytes(Exports.Small));

        Assert.Equal("Petstore", document.Name);
        Assert.Equal(2, document.Examples);
        Assert.Empty(document.Issues);
    }

    [Theory]
    [InlineData("""{"name": "Staging", "values": []}""", "This is an environment, not a collection.")]
    [InlineData("""{"apiVersion": "mockoperator.dev/v1alpha1", "kind": "Collection", "spec": {}}""", "This is a Kubernetes manifest")]
    [InlineData("""{"openapi": "3.1.0"}""", "import it into Postman first")]
    [InlineData("""{"info": {"name": "x"}}""", "item: The document has no items.")]
    [InlineData("", "The document is empty.")]
    [InlineData("{\"item\": [", "JSON")]
    public void What_is_no_collection_is_told_apart(string text, string expected)
    {
        var refused = Assert.Throws<DocumentException>(() => CollectionDocument.Read(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_collection_of_25_MB_is_read_and_a_larger_one_is_not()
    {
        var largest = Exports.OfSize(ContentReference.LargestContent);
        Assert.Equal(ContentReference.LargestContent, largest.Length);
        Assert.Equal(1, CollectionDocument.Read(largest).Examples);

        var refused = Assert.Throws<DocumentException>(() => CollectionDocument.Read(Exports.OfSize(ContentReference.LargestContent + 1)));
        Assert.Contains("26214400 can be served", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default", false)]
    [InlineData("secret", true)]
    public void An_environment_is_secret_by_its_variables(string type, bool isSecret)
    {
        var document = EnvironmentDocument.Read(Encoding.UTF8.GetBytes(Exports.Environment("Staging", "key", "value", type)));

        Assert.Equal("Staging", document.Name);
        Assert.Equal(isSecret, document.IsSecret);
    }

    [Theory]
    [InlineData("""{"info": {"name": "hidden-value"}, "item": []}""", "This is a collection, not an environment.")]
    [InlineData("""{"apiVersion": "v1", "kind": "Secret", "data": {"a": "hidden-value"}}""", "This is a Kubernetes manifest")]
    [InlineData("""{"values": [{"key": "a", "value": "hidden-value"}""", "JSON")]
    public void What_is_no_environment_is_told_apart_and_never_quoted(string text, string expected)
    {
        var refused = Assert.Throws<DocumentException>(() => EnvironmentDocument.Read(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-value", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_for_people_is_one_line_of_bounded_length()
    {
        Assert.Equal("a b", DisplayName.Fit("a\nb\r"));
        Assert.Equal(DisplayName.Longest, DisplayName.Fit(new string('x', 10_000)).Length);
        Assert.Equal(255, DisplayName.Fit("x" + string.Concat(Enumerable.Repeat("😀", 1000))).Length);
    }
}
