using CsCheck;
using MockOperator.Client.Ports;

namespace MockOperator.Client.Tests.Ports;

public class PodMetricsTests
{
    [Fact]
    public void Revision_and_keys_are_read()
    {
        var metrics = PodMetrics.Read("""
            # HELP mock_info 1; the label says which revision is served.
            # TYPE mock_info gauge
            mock_info{mock="petstore",revision="old"} 0
            mock_info{mock="petstore",revision="3fa9"} 1
            mock_api_key_requests_total{mock="petstore",key="front end \"a\\b\"\n"} 12 1764244800000
            mock_api_key_requests_total{mock="petstore",key="ci"} 0
            process_cpu_seconds_total 1.5e3
            """);
        Assert.Equal("3fa9", metrics.Revision);
        Assert.Equal([("ci", 0.0), ("front end \"a\\b\"\n", 12.0)], metrics.KeyRequests.OrderBy(key => key.Key, StringComparer.Ordinal).Select(key => (key.Key, key.Value)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("mock_info")]
    [InlineData("mock_info{")]
    [InlineData("mock_info{revision=\"x")]
    [InlineData("mock_info{revision=\"x\\")]
    [InlineData("mock_info{revision=\"x\"}")]
    [InlineData("mock_info{revision=\"x\"} one")]
    [InlineData("{revision=\"x\"} 1")]
    [InlineData("<html>")]
    public void What_cannot_be_understood_is_passed_over(string text) => Assert.Null(PodMetrics.Read(text).Revision);

    [Fact]
    public void No_text_makes_it_fail() =>
        Gen.String[Gen.Char["mock_info{}=\"\\,1 \n#key"], 0, 60].Sample(text => PodMetrics.Read("mock_info{revision=\"a\"} 1\n" + text).KeyRequests is not null);
}
