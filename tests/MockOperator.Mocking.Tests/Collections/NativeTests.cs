using System.Text.Json;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Collections;

public sealed class NativeTests
{
    private static readonly ExampleRequestSpec AnyRequest = new() { Path = "/a" };

    private static LoadedCollection Read(params ExampleSpec[] examples) => CollectionReader.ReadNative("by-hand", examples);

    private static JsonElement Json(string json) => JsonDocument.Parse(json.Replace('\'', '"')).RootElement;

    [Fact]
    public void An_example_with_everything_is_read_whole()
    {
        LoadedCollection collection = Read(new ExampleSpec
        {
            Name = "one user",
            Request = new()
            {
                Method = "put",
                Path = "/users/{{id}}/:part?a=1",
                Query = [new() { Name = "verbose", Value = "1" }, new() { Name = "tag", Value = "a" }, new() { Name = "tag", Value = "b" }],
                Headers = [new() { Name = "X-Role", Value = "admin" }, new() { Name = "X-Role", Value = "owner" }],
                Json = Json("{'name': 'Ann'}"),
            },
            Response = new()
            {
                Status = 201,
                Headers = [new() { Name = "Set-Cookie", Value = "a=1" }, new() { Name = "Set-Cookie", Value = "b=2" }],
                Body = "{{id}}",
                Delay = "20ms",
            },
        });

        Assert.Empty(collection.Issues);
        Example example = Assert.Single(collection.Examples);
        Assert.Equal(("one user", "examples[0]", "path-a0"), (example.Name, example.Path, example.Id));
        Assert.Equal("PUT", example.Request.Method);
        Assert.Equal(["users", "{{id}}", ":part"], example.Request.Url.Path);
        Assert.Equal([new("a", "1"), new("verbose", "1"), new("tag", "a"), new("tag", "b")], example.Request.Url.Query);
        Assert.Equal([new("X-Role", "admin"), new("X-Role", "owner")], example.Request.Headers);
        Assert.Equal(new ExampleBody.Raw("{\"name\": \"Ann\"}"), example.Request.Body);
        Assert.Equal((201, "{{id}}", 20), (example.Response.Status, example.Response.SavedText(), example.Response.DelayMilliseconds));
        Assert.Equal([new("Set-Cookie", "a=1"), new("Set-Cookie", "b=2")], example.Response.Headers);
    }

    [Fact]
    public void What_is_left_out_has_defaults()
    {
        Example example = Assert.Single(Read(new ExampleSpec { Request = AnyRequest }).Examples);

        Assert.Equal("GET /a", example.Name);
        Assert.Equal("GET", example.Request.Method);
        Assert.Equal(200, example.Response.Status);
        Assert.Null(example.Response.Text);
        Assert.Null(example.Response.Binary);
    }

    [Fact]
    public void A_json_body_is_known_as_json()
    {
        ExampleResponse response = Assert.Single(Read(new ExampleSpec { Request = AnyRequest, Response = new() { Json = Json("{'a':'{{b}}'}") } }).Examples).Response;

        Assert.Equal("{\"a\":\"{{b}}\"}", response.SavedText());
        Assert.Equal("json", response.PreviewLanguage);
    }

    [Fact]
    public void A_base64_body_is_served_as_bytes()
    {
        ExampleResponse response = Assert.Single(Read(new ExampleSpec { Request = AnyRequest, Response = new() { Base64 = "AH//\n" } }).Examples).Response;

        Assert.Equal([0, 127, 255], response.Binary!.Value.ToArray());
    }

    public static TheoryData<ExampleSpec, string, string> Broken => new()
    {
        { new(), LoadIssueReason.InvalidPath, "request.path" },
        { new() { Request = new() }, LoadIssueReason.InvalidPath, "request.path" },
        { new() { Request = new() { Path = "users" } }, LoadIssueReason.InvalidPath, "request.path" },
        { new() { Request = new() { Path = "https://x/a" } }, LoadIssueReason.InvalidPath, "request.path" },
        { new() { Request = new() { Path = "/" + new string('a', 2_000_000) } }, LoadIssueReason.TooLarge, "request.path" },
        { new() { Request = AnyRequest with { Method = "GE T" } }, LoadIssueReason.InvalidMethod, "request.method" },
        { new() { Request = AnyRequest with { Body = "a", Json = Json("1") } }, LoadIssueReason.ConflictingBodies, "request.json" },
        { new() { Request = AnyRequest, Response = new() { Status = 100 } }, LoadIssueReason.InvalidStatus, "response.status" },
        { new() { Request = AnyRequest, Response = new() { Status = 600 } }, LoadIssueReason.InvalidStatus, "response.status" },
        { new() { Request = AnyRequest, Response = new() { Body = "a", Json = Json("1") } }, LoadIssueReason.ConflictingBodies, "response.json" },
        { new() { Request = AnyRequest, Response = new() { Body = "a", Base64 = "AA==" } }, LoadIssueReason.ConflictingBodies, "response.base64" },
        { new() { Request = AnyRequest, Response = new() { Json = Json("1"), Base64 = "AA==" } }, LoadIssueReason.ConflictingBodies, "response.base64" },
        { new() { Request = AnyRequest, Response = new() { Base64 = "?" } }, LoadIssueReason.InvalidBody, "response.base64" },
    };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void An_example_that_contradicts_itself_is_skipped_and_the_rest_is_served(ExampleSpec broken, string reason, string place)
    {
        LoadedCollection collection = Read(new() { Request = AnyRequest }, broken, new() { Request = AnyRequest });

        Assert.Equal(["examples[0]", "examples[2]"], collection.Examples.Select(static example => example.Path));
        Assert.Equal(LoadIssueSeverity.Skipped, Reading.TheIssue(collection, reason, "examples[1]." + place).Severity);
    }

    [Fact]
    public void A_header_that_the_server_decides_is_left_out_with_a_warning()
    {
        LoadedCollection collection = Read(new ExampleSpec
        {
            Request = AnyRequest,
            Response = new() { Headers = [new() { Name = "Content-Length", Value = "9" }, new() { Name = "A", Value = "1" }] },
        });

        Assert.Equal([new("A", "1")], Assert.Single(collection.Examples).Response.Headers);
        Reading.TheIssue(collection, LoadIssueReason.IgnoredHeader, "examples[0].response.headers");
    }

    [Theory]
    [InlineData("180001ms")]
    [InlineData("20")]
    [InlineData("")]
    public void A_delay_that_is_none_or_too_long_is_left_out_with_a_warning(string delay)
    {
        LoadedCollection collection = Read(new ExampleSpec { Request = AnyRequest, Response = new() { Delay = delay } });

        Assert.Null(Assert.Single(collection.Examples).Response.DelayMilliseconds);
        Reading.TheIssue(collection, LoadIssueReason.InvalidDelay, "examples[0].response.delay");
    }

    [Fact]
    public void Nulls_where_json_allows_them_do_no_harm()
    {
        LoadedCollection collection = Read(null!, new ExampleSpec
        {
            Request = AnyRequest with { Query = [null!, new() { Name = "q" }, new() { Name = null! }] },
            Response = new() { Headers = [new() { Name = "A", Value = null! }] },
        });

        Assert.Equal([new("q", null), new("", null)], Assert.Single(collection.Examples).Request.Url.Query);
        Reading.TheIssue(collection, LoadIssueReason.WrongType, "examples[0]");
    }

    [Fact]
    public void Examples_beyond_the_limit_are_skipped()
    {
        ExampleSpec[] examples = [.. Enumerable.Repeat(new ExampleSpec { Request = AnyRequest }, 5)];
        LoadedCollection collection = CollectionReader.ReadNative("n", examples, new LoadLimits { Examples = 2 });

        Assert.Equal(2, collection.Examples.Length);
        Reading.TheIssue(collection, LoadIssueReason.TooMany, "examples[2]");
    }
}
