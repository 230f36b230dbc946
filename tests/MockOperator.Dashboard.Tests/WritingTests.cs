using System.Text;
using System.Text.Json.Nodes;
using MockOperator.Dashboard.Tests.Showing;

namespace MockOperator.Dashboard.Tests;

/// <summary>Mocks and collections are made, edited, tagged and deleted by forms alone.</summary>
public sealed class WritingTests : IAsyncLifetime
{
    private const string Export = """
        {"info": {"name": "Zoo & Aquarium", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
         "item": [{"name": "Lions", "request": {"method": "GET", "url": "{{baseUrl}}/lions"},
           "response": [{"name": "Lions", "originalRequest": {"method": "GET", "url": "{{baseUrl}}/lions"}, "code": 200, "body": "[]"}]}]}
        """;

    private Showcase _shown = null!;
    private Visitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _shown = await Showcase.OpenLocalAsync();
        _visitor = await _shown.EnterAsync();
        await _visitor.GetAsync("/mocks/new");
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _shown.DisposeAsync();
    }

    private JsonNode? Mock(string name) => _shown.Cluster.Objects.Find("mockservers", "shop", name)?["spec"];

    private static (string, string)[] Api(params (string, string)[] more) =>
        [("namespace", "shop"), ("from", "api"), ("title", "My Zoo"), ("example.method", "GET"), ("example.path", "/lions/{{id}}?sort=age"), ("example.status", "200"), ("example.body", "{\"a\": 1}"), .. more];

    [Fact]
    public async Task A_new_api_becomes_a_mock_with_its_examples()
    {
        var made = await _visitor.PostAsync("/mocks/new", Api(("private", "on"), ("delay", "2G"), ("save", "on"), ("save.configmap", "urls"), ("save.key", "ZOO"), ("do", "create")));
        Assert.Equal((303, "/mocks/shop/my-zoo/made"), (made.Status, made.Location));
        var spec = Mock("my-zoo")!;
        Assert.Equal("My Zoo", (string?)spec["displayName"]);
        Assert.True((bool?)spec["private"]);
        Assert.Equal("2G", (string?)spec["delay"]!["preset"]);
        Assert.Equal("ZOO", (string?)spec["publishUrl"]!["configMap"]!["key"]);
        var page = await _visitor.GetAsync(made.Location!);
        Assert.Contains("http://my-zoo.shop.svc", page.Body, StringComparison.Ordinal);
        Assert.Contains("kubectl mock key my-zoo", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_existing_collection_with_a_version_becomes_a_mock()
    {
        var made = await _visitor.PostAsync("/mocks/new", ("namespace", "shop"), ("from", "collection"), ("collection", "petstore"), ("version", "v1"), ("title", "Pets"), ("environment", "staging"), ("do", "create"));
        Assert.Equal(303, made.Status);
        Assert.Equal(("petstore", "v1"), ((string?)Mock("pets")!["collectionRef"]!["name"], (string?)Mock("pets")!["collectionRef"]!["version"]));
        Assert.Equal("staging", (string?)Mock("pets")!["environment"]!["postman"]!["configMapKeyRef"]!["name"]);
    }

    [Fact]
    public async Task A_file_becomes_a_collection_and_a_mock()
    {
        var made = await _visitor.UploadAsync("/mocks/new", Encoding.UTF8.GetBytes(Export), ("namespace", "shop"), ("from", "file"), ("title", "Zoo"), ("do", "create"));
        Assert.Equal((303, "/mocks/shop/zoo/made"), (made.Status, made.Location));
        Assert.NotNull(_shown.Cluster.Objects.Find("collections", "shop", (string)Mock("zoo")!["collectionRef"]!["name"]!));
    }

    [Fact]
    public async Task What_would_be_made_is_shown_and_nothing_is_made()
    {
        var page = await _visitor.PostAsync("/mocks/new", Api(("do", "preview")));
        Assert.Equal(200, page.Status);
        Assert.Contains("/lions/", page.Body[page.Body.IndexOf("What would be applied", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Null(Mock("my-zoo"));
    }

    [Fact]
    public async Task Rows_come_and_go_without_a_script_and_keep_what_was_typed()
    {
        var more = await _visitor.PostAsync("/mocks/new", Api(("do", "add-row")));
        Assert.Equal(2, more.Body.Split("name=\"example.path\"").Length - 1);
        Assert.Contains("value=\"/lions/{{id}}?sort=age\"", more.Body, StringComparison.Ordinal);
        Assert.Contains("My Zoo", more.Body, StringComparison.Ordinal);
        var fewer = await _visitor.PostAsync("/mocks/new", [("Sec-Fetch-Site", "same-origin")], [("_token", _visitor.Token), .. Api(), ("example.method", "GET"), ("example.path", "/second"), ("example.status", "200"), ("example.body", ""), ("do", "remove-0")]);
        Assert.Equal(1, fewer.Body.Split("name=\"example.path\"").Length - 1);
        Assert.Contains("value=\"/second\"", fewer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("title", "", "Give the mock server a name")]
    [InlineData("name", "Not Valid", "small letters")]
    [InlineData("example.path", "lions", "begins with a slash")]
    [InlineData("example.status", "99", "200 to 599")]
    [InlineData("name", "petstore", "Choose another name")]
    public async Task What_is_wrong_is_told_at_its_field_and_the_rest_is_kept(string field, string value, string said)
    {
        var fields = Api(("do", "create")).Where(one => one.Item1 != field).Append((field, value)).ToArray();
        var page = await _visitor.PostAsync("/mocks/new", fields);
        Assert.InRange(page.Status, 409, 422);
        Assert.Contains(said, page.Body, StringComparison.Ordinal);
        Assert.Contains("Nothing was made", page.Body, StringComparison.Ordinal);
        Assert.Contains("{&quot;a&quot;: 1}", page.Body, StringComparison.Ordinal);
        Assert.Null(Mock("my-zoo"));
    }

    [Theory]
    [InlineData("no json", "/collections/new")]
    [InlineData("{\"values\": [], \"name\": \"env\", \"_postman_variable_scope\": \"environment\"}", "/mocks/new")]
    [InlineData("{\"values\": [], \"name\": \"env\", \"_postman_variable_scope\": \"environment\"}", "/collections/shop/petstore/content")]
    public async Task A_file_that_is_no_collection_is_told_what_it_is(string file, string path)
    {
        var before = _shown.Cluster.Objects.List("collections").Count;
        var page = await _visitor.UploadAsync(path, Encoding.UTF8.GetBytes(file), ("namespace", "shop"), ("from", "file"), ("title", "Zoo"), ("name", "zoo"), ("do", "create"));
        Assert.Equal(422, page.Status);
        Assert.Contains("role=\"alert\"", page.Body, StringComparison.Ordinal);
        Assert.Equal(before, _shown.Cluster.Objects.List("collections").Count);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_with_what_takes_it()
    {
        var page = await _visitor.UploadAsync("/collections/new", new byte[26 * 1024 * 1024], ("namespace", "shop"));
        Assert.Equal(413, page.Status);
        Assert.Contains("kubectl mock create -f", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_uploaded_collection_is_named_after_itself_tagged_and_replaced()
    {
        var stored = await _visitor.UploadAsync("/collections/new", Encoding.UTF8.GetBytes(Export), ("namespace", "shop"), ("name", ""));
        Assert.Equal((303, "/collections/shop/zoo-aquarium?done=uploaded"), (stored.Status, stored.Location));
        Assert.Contains("/lions", (await _visitor.GetAsync("/collections/shop/zoo-aquarium")).Body, StringComparison.Ordinal);
        Assert.Equal(303, (await _visitor.PostAsync("/collections/shop/zoo-aquarium/tag", ("tag", "v1"))).Status);
        var refused = await _visitor.PostAsync("/collections/shop/zoo-aquarium/tag", ("tag", "v1"));
        Assert.Equal(422, refused.Status);
        Assert.Contains("value=\"v1\"", refused.Body, StringComparison.Ordinal);
        Assert.Equal(303, (await _visitor.UploadAsync("/collections/shop/zoo-aquarium/content", Encoding.UTF8.GetBytes(Export.Replace("lions", "tigers", StringComparison.Ordinal)))).Status);
        Assert.Contains("/tigers", (await _visitor.GetAsync("/collections/shop/zoo-aquarium")).Body, StringComparison.Ordinal);
        Assert.Contains("/lions", (await _visitor.GetAsync("/collections/shop/zoo-aquarium?version=v1")).Body, StringComparison.Ordinal);
        Assert.Equal(303, (await _visitor.PostAsync("/collections/shop/zoo-aquarium/delete")).Status);
        Assert.Null(_shown.Cluster.Objects.Find("collections", "shop", "zoo-aquarium"));
    }

    [Fact]
    public async Task An_edit_shows_what_it_applies_and_changes_nothing_else()
    {
        await _visitor.GetAsync("/mocks/shop/orders/edit");
        (string, string)[] edit = [("title", "Orders 2"), ("collection", "orders"), ("version", "CURRENT"), ("environment", "="), ("delay", "fixed"), ("delay.time", "1s"), ("respond", "outage"), ("private", "on")];
        var before = Mock("orders")!.ToJsonString();
        var preview = (await _visitor.PostAsync("/mocks/shop/orders/edit", [.. edit, ("do", "preview")])).Body;
        Assert.Contains("&quot;displayName&quot;:&quot;Orders 2&quot;", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("&quot;environment&quot;", preview, StringComparison.Ordinal);
        Assert.Equal(before, Mock("orders")!.ToJsonString());

        Assert.Equal((303, "/mocks/shop/orders?done=saved"), await Moved(_visitor.PostAsync("/mocks/shop/orders/edit", [.. edit, ("do", "save")])));
        var spec = Mock("orders")!;
        Assert.Equal(("Orders 2", "1s", "outage"), ((string?)spec["displayName"], (string?)spec["delay"]!["fixed"], (string?)spec["activeServerResponse"]));
        Assert.True((bool?)spec["private"]);
        Assert.NotNull(spec["environment"]!["variables"]);
    }

    [Fact]
    public async Task Pause_resume_and_delete_are_a_button_each()
    {
        Assert.Equal(303, (await _visitor.PostAsync("/mocks/shop/petstore/pause")).Status);
        Assert.Equal(0, (int?)Mock("petstore")!["replicas"]);
        Assert.Equal(303, (await _visitor.PostAsync("/mocks/shop/petstore/resume")).Status);
        Assert.Equal(1, (int?)Mock("petstore")!["replicas"]);
        Assert.Contains("Delete Petstore?", (await _visitor.GetAsync("/mocks/shop/petstore/delete")).Body, StringComparison.Ordinal);
        Assert.Equal("/mocks?done=deleted", (await _visitor.PostAsync("/mocks/shop/petstore/delete")).Location);
        Assert.Null(Mock("petstore"));
        var gone = await _visitor.GetAsync("/mocks/shop/petstore");
        Assert.Equal(404, gone.Status);
        Assert.Contains("There is no mock server petstore in the namespace shop", gone.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_collection_of_a_mock_is_chosen_among_those_of_its_namespace()
    {
        var page = (await _visitor.GetAsync("/mocks/shop/petstore/edit")).Body;
        Assert.Contains("""<select id="collection" name="collection">""", page, StringComparison.Ordinal);
        Assert.Contains("""<option value="petstore" selected="selected">petstore</option>""", page, StringComparison.Ordinal);
        Assert.Contains("""<option value="orders">orders</option>""", page, StringComparison.Ordinal);

        _shown.Cluster.Objects.Remove("collections", "shop", "petstore");
        Assert.Contains("""<option value="petstore" selected>petstore (is not there)</option>""", (await _visitor.GetAsync("/mocks/shop/petstore/edit")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_collections_for_a_list_are_proposed_and_can_be_typed()
    {
        for (var i = 0; i < 501; i++)
            _shown.Cluster.Objects.Put("collections", $$$"""{"apiVersion": "mockoperator.dev/v1alpha1", "kind": "Collection", "metadata": {"name": "c{{{i:000}}}", "namespace": "shop"}, "spec": {}}""");
        var page = (await _visitor.GetAsync("/mocks/shop/petstore/edit")).Body;
        Assert.Contains("""<input id="collection" name="collection" value="petstore" list="collections" autocomplete""", page, StringComparison.Ordinal);
        Assert.Equal(500, page.Split("<option value=\"c").Length - 1);
        Assert.Contains("There are more than 500", page, StringComparison.Ordinal);
        Assert.Equal(303, (await _visitor.PostAsync("/mocks/shop/petstore/edit", ("collection", "payments"), ("version", "CURRENT"), ("environment", "staging"), ("do", "save"))).Status);
        Assert.Equal("payments", (string?)Mock("petstore")!["collectionRef"]!["name"]);
    }

    [Fact]
    public async Task A_version_of_another_collection_is_not_taken_over()
    {
        var before = Mock("legacy")!.ToJsonString();
        var refused = await _visitor.PostAsync("/mocks/shop/legacy/edit", ("collection", "petstore"), ("version", "v9"), ("do", "save"));
        Assert.Equal(422, refused.Status);
        Assert.Contains("The collection petstore has no version v9. Choose one of its own: CURRENT, v1.", refused.Body, StringComparison.Ordinal);
        Assert.Contains("""<option selected="selected">CURRENT</option>""", refused.Body, StringComparison.Ordinal);
        Assert.Equal(before, Mock("legacy")!.ToJsonString());

        Assert.Equal(303, (await _visitor.PostAsync("/mocks/shop/legacy/edit", ("collection", "petstore"), ("version", "v1"), ("do", "save"))).Status);
        Assert.Equal(("petstore", "v1"), ((string?)Mock("legacy")!["collectionRef"]!["name"], (string?)Mock("legacy")!["collectionRef"]!["version"]));
    }

    [Fact]
    public async Task A_mock_that_is_resumed_has_the_pods_that_it_had()
    {
        var mock = _shown.Cluster.Objects.Find("mockservers", "shop", "petstore")!;
        mock["spec"]!["replicas"] = 4;
        _shown.Cluster.Objects.Put("mockservers", mock);
        await _visitor.PostAsync("/mocks/shop/petstore/pause");
        await _visitor.PostAsync("/mocks/shop/petstore/resume");
        Assert.Equal(4, (int?)Mock("petstore")!["replicas"]);
    }

    private static async Task<(int, string?)> Moved(Task<Visitor.Answer> asked)
    {
        var answer = await asked;
        return (answer.Status, answer.Location);
    }
}
