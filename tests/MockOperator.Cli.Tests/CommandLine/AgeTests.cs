using MockOperator.Cli.Calls;
using MockOperator.Cli.Terminal;
using MockOperator.Cli.Tests.Cluster;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class AgeTests
{
    // The table of k8s.io/apimachinery/pkg/util/duration.
    [Theory]
    [InlineData(-5, "0s")]
    [InlineData(1, "1s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(200, "3m20s")]
    [InlineData(600, "10m")]
    [InlineData(10799, "179m")]
    [InlineData(12060, "3h21m")]
    [InlineData(28800, "8h")]
    [InlineData(172799, "47h")]
    [InlineData(183600, "2d3h")]
    [InlineData(691200, "8d")]
    [InlineData(63072000, "2y")]
    [InlineData(65664000, "2y30d")]
    [InlineData(252288000, "8y")]
    public void Spans_are_written_as_kubectl_writes_them(long seconds, string text) => Assert.Equal(text, Age.Of(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("90s", "2026-11-27T11:58:30Z")]
    [InlineData("1d2h", "2026-11-26T10:00:00Z")]
    [InlineData("2026-11-27T06:30:00+01:00", "2026-11-27T05:30:00Z")]
    [InlineData("999999d999999d", "1970-01-01T00:00:00Z")]
    [InlineData("2026-11-27", "2026-11-27T00:00:00Z")]
    public void Moments_are_read_as_people_type_them(string text, string moment) =>
        Assert.Equal(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), Moment.Read("--since", text, new FrozenTime(FrozenTime.Noon)));

    [Theory]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("-5m")]
    [InlineData("5 m")]
    [InlineData("9999999d")]
    public void What_is_no_moment_is_refused(string text) => Assert.Throws<CommandException>(() => Moment.Read("--since", text, TimeProvider.System));

    [Theory]
    [InlineData(0, 10, "")]
    [InlineData(1, 1000, "▏")]
    [InlineData(5, 10, "████████████")]
    [InlineData(20, 10, "████████████████████████")]
    [InlineData(1, 0, "")]
    public void Bars_are_as_long_as_a_part_of_a_whole(long part, long whole, string bar) => Assert.Equal(bar, Amount.Bar(part, whole));
}
