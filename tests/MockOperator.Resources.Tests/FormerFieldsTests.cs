using System.Text.Json;

namespace MockOperator.Resources.Tests;

public sealed class FormerFieldsTests
{
    [Theory]
    [InlineData("MockServer", """{"matching":{"body":"Off"}}""", "matching.body", "Ignore")]
    [InlineData("MockServer", """{"matching":{"body":false}}""", "matching.body", "Ignore")]
    [InlineData("MockServer", """{"delay":{"milliseconds":250}}""", "delay.milliseconds", "fixed: 250ms")]
    [InlineData("MockServer", """{"serverResponse":{"status":503}}""", "serverResponse", "activeServerResponse")]
    [InlineData("MockServer", """{"ingress":{"tls":{"clusterIssuer":"a"}}}""", "ingress.tls.clusterIssuer", "issuerRef")]
    [InlineData("MockServer", """{"ingress":{"tls":{"issuer":"a"}}}""", "ingress.tls.issuer", "issuerRef")]
    [InlineData("MockServer", """{"publishUrl":{"configMapKeyRef":{"name":"a","key":"b"}}}""", "publishUrl.configMapKeyRef", "publishUrl.configMap")]
    [InlineData("MockServer", """{"collection":{"examples":[{},{"response":{"delayMilliseconds":5}}]}}""", "collection.examples[1].response.delayMilliseconds", "delay: 250ms")]
    [InlineData("Collection", """{"examples":[{"request":{"headers":{"A":"1"}}}]}""", "examples[0].request.headers", "[{name: …, value: …}]")]
    [InlineData("Collection", """{"examples":[{"request":{"query":{"a":"1"}}}]}""", "examples[0].request.query", "[{name: …, value: …}]")]
    [InlineData("Collection", """{"versions":[{"examples":[{"response":{"headers":{}}}]}]}""", "versions[0].examples[0].response.headers", "[{name: …, value: …}]")]
    public void A_field_of_an_earlier_shape_is_told_by_what_says_the_same_now(string kind, string spec, string path, string now)
    {
        SpecProblem problem = Assert.Single(FormerFields.Find(kind, JsonDocument.Parse(spec).RootElement));

        Assert.Equal(path, problem.Path);
        Assert.Contains(now, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MockServer", """{"matching":{"body":"Exact"},"delay":{"fixed":"1s"},"collection":{"examples":[{"request":{"headers":[{"name":"A","value":"1"}]}}]}}""")]
    [InlineData("MockServer", """{"matching":7,"delay":[],"collection":{"examples":{"request":{"headers":{}}}}}""")]
    [InlineData("MockServer", """[]""")]
    [InlineData("ConfigMap", """{"delay":{"milliseconds":250}}""")]
    public void What_is_of_this_shape_or_of_none_is_not_told(string kind, string spec) => Assert.Empty(FormerFields.Find(kind, JsonDocument.Parse(spec).RootElement));

    [Fact]
    public void Of_many_a_few_are_told() =>
        Assert.Equal(10, FormerFields.Find("Collection", JsonDocument.Parse($$"""{"examples":[{{string.Join(',', Enumerable.Repeat("""{"response":{"delayMilliseconds":5}}""", 500))}}]}""").RootElement).Count);
}
