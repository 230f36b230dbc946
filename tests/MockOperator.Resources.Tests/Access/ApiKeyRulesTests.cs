namespace MockOperator.Resources.Tests;

public sealed class ApiKeyRulesTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("x-api-key")]
    [InlineData("X-Mocking-Key")]
    public void A_header_of_its_own_may_carry_keys(string? header) => Assert.Empty(ApiKeyRules.Check(new ApiKeysSpec { Header = header }));

    [Theory]
    [InlineData("")]
    [InlineData("x api key")]
    [InlineData("x-api-key\r\nx: y")]
    [InlineData("Authorization")]
    [InlineData("Host")]
    [InlineData("ORIGIN")]
    [InlineData("x-mock-response-code")]
    public void A_header_with_another_meaning_may_not(string header)
        => Assert.Equal("apiKeys.header", Assert.Single(ApiKeyRules.Check(new ApiKeysSpec { Header = header })).Path);

    [Fact]
    public void A_public_mock_without_settings_needs_no_definition() => Assert.Null(AccessDefinition.Of(null, new ApiKeysSpec()));

    [Fact]
    public void A_private_mock_takes_keys_from_x_api_key_alone()
    {
        var access = AccessDefinition.Of(true, null);
        Assert.Equal(new AccessDefinition { Private = true, Header = "x-api-key", Bearer = false, SecretDirectory = "api-keys" }, access);
    }
}
