using System.Net;

namespace MockOperator.Cli.Tests.Access;

/// <summary>The keys of a private mock are those of a Secret among the files, and follow its edits.</summary>
public sealed class ServedKeysTests
{
    private static string Mock(string access, string secrets) => $$"""
        apiVersion: mockoperator.dev/v1alpha1
        kind: MockServer
        metadata: {name: petstore}
        spec:
        {{access}}
          collection:
            examples:
            - name: /pets
              request: {path: /pets}
              response: {body: Rex}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: petstore-api-keys}
        stringData: {{{secrets}}}
        """;

    private static async Task<HttpStatusCode> AskAsync(ServedFiles served, string? key = null)
    {
        using HttpResponseMessage response = await (key is null ? served.SendAsync("GET", "/pets") : served.SendAsync("GET", "/pets", ("x-api-key", key)));
        return response.StatusCode;
    }

    [Fact]
    public async Task Private_public_and_private_again_take_effect_at_once()
    {
        await using var served = await ServedFiles.OpenAsync(Mock("  private: true", "team-a: a-key"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(served));
        served.Write(Mock("  private: false", "team-a: a-key"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(served));
        served.Write(Mock("  private: true", "team-a: a-key"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(served));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(served, "a-key"));
    }

    [Fact]
    public async Task Keys_rotate_with_overlap()
    {
        await using var served = await ServedFiles.OpenAsync(Mock("  private: true", "old: first-key"));
        served.Write(Mock("  private: true", "old: first-key, new: second-key"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(served, "first-key"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(served, "second-key"));
        served.Write(Mock("  private: true", "new: second-key"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(served, "first-key"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(served, "second-key"));
    }

    [Theory]
    [InlineData("  private: true\n  apiKeys: {secretRef: {name: absent}}", "team-a: some-key")]
    [InlineData("  private: true", "")]
    [InlineData("  private: true", "team-a: ''")]
    [InlineData("  private: true", "team-a: some-key, team-b: ''")]
    public async Task A_private_mock_without_usable_keys_refuses_everybody_and_it_is_told(string access, string secrets)
    {
        await using var served = await ServedFiles.OpenAsync(Mock(access, secrets));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(served, "some-key"));
        Assert.Contains(served.Write(Mock(access, secrets + " ") + "\n")?.Problems ?? [], static problem => problem.Message.Contains("refuses every call", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_was_taken_back_is_dead_even_when_the_new_content_is_broken()
    {
        await using var served = await ServedFiles.OpenAsync(Mock("  private: true", "old: first-key, new: second-key"));
        served.Write(Mock("  private: true\n  cors: {allowOrigins: ['https://example.com/path']}", "new: second-key"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(served, "first-key"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(served, "second-key"));
    }

    [Fact]
    public async Task Another_header_and_the_bearer_form_can_be_asked_for()
    {
        await using var served = await ServedFiles.OpenAsync(Mock("  private: true\n  apiKeys: {header: X-Team-Key, bearer: true}", "team-a: a-key"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(served, "a-key"));
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets", ("x-team-key", "a-key"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets", ("Authorization", "Bearer a-key"))).StatusCode);
    }
}
