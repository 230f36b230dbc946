namespace MockOperator.Resources.Tests.References;

public sealed class QuantityRulesTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("0.5")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("+100m")]
    [InlineData("64Mi")]
    [InlineData("1E")]
    [InlineData("1e3")]
    [InlineData("1E-12")]
    public void Quantities_are_known(string text) => Assert.True(QuantityRules.IsQuantity(text));

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("one")]
    [InlineData("1 Gi")]
    [InlineData("1gi")]
    [InlineData("1e")]
    [InlineData("1e1234")]
    [InlineData("1e999999999")]
    [InlineData("--1")]
    public void Everything_else_is_refused(string text) => Assert.False(QuantityRules.IsQuantity(text));

    [Theory]
    [InlineData("1e999999999", true)]
    [InlineData("1E+00000999", true)]
    [InlineData("-1e-100", true)]
    [InlineData("1e12", false)]
    [InlineData("64Mi", false)]
    [InlineData("runtime-1e999", false)]
    [InlineData("", false)]
    public void Numbers_that_take_for_ever_are_found(string text, bool runaway) => Assert.Equal(runaway, QuantityRules.IsRunaway(text));

    [Fact]
    public void A_very_long_number_takes_for_ever_too() => Assert.True(QuantityRules.IsRunaway(new string('9', 100_000)));
}
