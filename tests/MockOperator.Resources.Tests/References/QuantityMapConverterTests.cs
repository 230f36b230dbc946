using System.Text.Json;

namespace MockOperator.Resources.Tests.References;

public sealed class QuantityMapConverterTests
{
    [Fact]
    public void A_number_is_a_quantity_too()
    {
        MockServerSpec spec = JsonSerializer.Deserialize("""{"resources":{"limits":{"cpu":1,"memory":"64Mi","x":0.5}}}""", ResourceJson.Default.MockServerSpec)!;

        Assert.Equal(new Dictionary<string, string> { ["cpu"] = "1", ["memory"] = "64Mi", ["x"] = "0.5" }, spec.Resources!.Limits);
    }

    [Fact]
    public void Anything_else_is_an_error() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"resources":{"limits":{"cpu":true}}}""", ResourceJson.Default.MockServerSpec));
}
