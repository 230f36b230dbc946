using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Serving;
using MockOperator.Mocking.Tests.Matching;
using MockOperator.Resources;
using static MockOperator.Mocking.Tests.Matching.Mock;

namespace MockOperator.Mocking.Tests.Serving;

public class AnswerTests
{
    [Theory]
    [InlineData("json", "no json", "application/json; charset=utf-8")]
    [InlineData("xml", "{}", "application/xml")]
    [InlineData("html", "{}", "text/html")]
    [InlineData("javascript", "{}", "application/javascript")]
    [InlineData("text", "{}", "text/plain")]
    [InlineData("auto", "{\"a\":1}", "application/json; charset=utf-8")]
    [InlineData(null, " [1] ", "application/json; charset=utf-8")]
    [InlineData(null, "{\"a\":\"{{x}}\"}", "application/json; charset=utf-8")]
    [InlineData(null, "<p>", "text/html; charset=utf-8")]
    [InlineData(null, "{broken", "text/html; charset=utf-8")]
    public void A_missing_content_type_is_derived(string? language, string body, string type) =>
        Assert.Equal(type, Of(Example("e", "GET {{h}}/p", body: body, language: language)).Get("/p").Header("Content-Type"));

    [Fact]
    public void A_saved_content_type_is_sent_as_it_is() =>
        Assert.Equal(("content-type", "strange"), Assert.Single(Of(Example("e", "GET {{h}}/p", responseHeaders: [("content-type", "strange")])).Get("/p").Headers));

    [Fact]
    public void A_binary_body_is_sent_as_it_is_without_substitution()
    {
        byte[] bytes = [0xFF, 0xD8, (byte)'{', (byte)'{', (byte)'x', (byte)'}', (byte)'}'];
        var example = Example("e", "GET {{h}}/p");
        var response = Of(example with { Response = new ExampleResponse { Binary = bytes } }).WithVariable("x", "1").Get("/p").Result.Response!;

        Assert.Equal(bytes, response.Body.ToArray());
        Assert.True(response.IsStatic);
        Assert.Equal("application/octet-stream", Assert.Single(response.Headers).Value);
    }

    [Fact]
    public void Headers_of_the_recorded_connection_are_not_sent_and_cookies_are_all_sent()
    {
        var call = Of(Example("e", "GET {{h}}/p", responseHeaders:
        [
            ("Content-Length", "9"), ("transfer-encoding", "chunked"), ("Content-Encoding", "gzip"), ("Connection", "close"), ("Keep-Alive", "x"), ("Date", "x"),
            ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("Content-Type", "text/plain"), ("bad name", "x"), ("", "x"),
        ])).Get("/p");

        Assert.Equal([("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("Content-Type", "text/plain")], call.Headers);
    }

    [Theory]
    [InlineData("a\r\nX-Evil: 1", "a  X-Evil: 1")]
    [InlineData("caf\u00e9", "caf%C3%A9")]
    [InlineData(" {{city}} ", "Oslo  x")]
    public void A_header_value_never_ends_its_line(string saved, string sent) =>
        Assert.Equal(sent, Of(Example("e", "GET {{h}}/p", responseHeaders: [("X-A", saved)])).WithVariable("city", "Oslo\r\nx").Get("/p").Header("X-A"));

    [Fact]
    public void A_captured_value_never_ends_the_line_of_a_header() =>
        Assert.Equal("a  b", Of(Example("e", "GET {{h}}/p/{{id}}", responseHeaders: [("X-A", "{{id}}")])).Get("/p/a%0D%0Ab").Header("X-A"));

    [Theory]
    [InlineData(204)]
    [InlineData(205)]
    [InlineData(304)]
    public void A_status_without_a_body_has_none(int status)
    {
        var call = Of(Example("e", "GET {{h}}/p", status, "text {{$guid}}")).Get("/p");

        Assert.Equal("", call.Body);
        Assert.False(call.Result.Response!.AllowsBody);
        Assert.True(call.Result.Response.IsStatic);
        Assert.Empty(call.Headers);
    }

    [Theory]
    [InlineData("Fine", "Fine")]
    [InlineData("Bad\r\nX: 1", null)]
    [InlineData("", null)]
    public void A_reason_phrase_is_sent_if_it_can_be(string saved, string? sent)
    {
        var example = Example("e", "GET {{h}}/p");

        Assert.Equal(sent, Of(example with { Response = example.Response with { ReasonPhrase = saved } }).Get("/p").Result.Response!.ReasonPhrase);
    }

    [Fact]
    public void Head_has_the_examples_of_get_unless_it_has_its_own()
    {
        Assert.Equal("u1", Users().Send("HEAD", "/users").Winner);
        var own = Of(Example("g", "GET {{h}}/a"), Example("h", "HEAD {{h}}/b"));
        Assert.Equal("h", own.Send("HEAD", "/b").Winner);
        Assert.True(own.Send("HEAD", "/a").IsNotFound);
    }

    [Fact]
    public void Options_is_matched_like_any_method_and_methods_ignore_case()
    {
        Assert.Equal("o", Of(Example("o", "OPTIONS {{h}}/a")).Send("OPTIONS", "/a").Winner);
        Assert.Equal("u1", Users().Send("get", "/users").Winner);
    }

    [Theory]
    [InlineData(null, null, 0)]
    [InlineData(50, null, 50)]
    [InlineData(50, "1", 1)]
    [InlineData(50, " 180000 ", 180_000)]
    [InlineData(50, "180001", 50)]
    [InlineData(50, "0", 50)]
    [InlineData(50, "-5", 50)]
    [InlineData(50, "soon", 50)]
    public void The_delay_of_a_call_goes_before_that_of_the_mock(int? configured, string? asked, int milliseconds)
    {
        var mock = Users().With(options => options with { Delay = configured is null ? null : new DelaySpec { Fixed = $"{configured}ms" } });
        Headers headers = [];
        if (asked is not null)
        {
            headers.Add("x-mock-response-delay", asked);
        }

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), mock.Get("/users", headers).Result.Delay);
    }

    [Theory]
    [InlineData(DelayPreset.TwoG, 300)]
    [InlineData(DelayPreset.ThreeG, 100)]
    public void A_named_network_has_its_delay(DelayPreset preset, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Users().With(options => options with { Delay = new DelaySpec { Preset = preset } }).Get("/users").Result.Delay);

    [Fact]
    public void A_delay_between_two_times_is_drawn_for_each_call()
    {
        var mock = Users().With(options => options with { Delay = new DelaySpec { Min = "100ms", Max = "2s" } });

        double[] waits = [.. Enumerable.Range(0, 100).Select(_ => mock.Get("/users").Result.Delay.TotalMilliseconds)];

        Assert.All(waits, static wait => Assert.InRange(wait, 100, 2000));
        Assert.True(waits.Distinct().Count() > 50);
    }

    [Fact]
    public void Delays_that_are_drawn_are_the_same_again_with_a_seed()
    {
        double[] Waits(long? seed, string? own = null)
        {
            var mock = Users().With(options => options with { Delay = new DelaySpec { Min = "100ms", Max = "2s" }, Seed = seed });
            return [.. Enumerable.Range(0, 20).Select(_ => mock.Get("/users", own is null ? [] : new Headers { { "x-mock-seed", own } }).Result.Delay.TotalMilliseconds)];
        }

        Assert.Equal(Waits(seed: 7), Waits(seed: 7));
        Assert.NotEqual(Waits(seed: 7), Waits(seed: 8));
        Assert.Single(Waits(seed: null, own: "this call").Distinct());
    }

    [Fact]
    public void An_example_may_have_its_own_delay_and_errors_have_none()
    {
        var mock = Of(Example("e", "GET {{h}}/p", delay: 7)).With(options => options with { Delay = new DelaySpec { Fixed = "50ms" } });

        Assert.Equal(TimeSpan.FromMilliseconds(7), mock.Get("/p").Result.Delay);
        Assert.Equal(TimeSpan.FromMilliseconds(9), mock.Get("/p", new Headers { { "x-mock-response-delay", "9" } }).Result.Delay);
        Assert.Equal(TimeSpan.Zero, mock.Get("/nothing", new Headers { { "x-mock-response-delay", "9" } }).Result.Delay);
    }

    [Fact]
    public void A_server_response_answers_every_call()
    {
        var outage = new ServerResponseSpec { Status = 503, Body = "{\"city\":\"{{city}}\"}", Headers = [new() { Name = "Retry-After", Value = "5" }, new() { Name = "Set-Cookie", Value = "a=1" }, new() { Name = "Set-Cookie", Value = "b=2" }] };
        var mock = Users().WithVariable("city", "Oslo").With(options => options with { ServerResponse = outage, Delay = new DelaySpec { Fixed = "5ms" } });

        var call = mock.Send("PATCH", "/anything", new Headers { { "x-mock-response-name", "List users" } });

        Assert.Equal((MatchOutcome.ServerResponse, 503, "{\"city\":\"Oslo\"}"), (call.Result.Outcome, call.Status, call.Body));
        Assert.Equal(("5", "application/json; charset=utf-8", 5), (call.Header("Retry-After"), call.Header("Content-Type"), call.Result.Delay.TotalMilliseconds));
        Assert.False(mock.Plan.NeedsBody("POST", Headers.None));
        Assert.Equal(["a=1", "b=2"], call.Result.Response!.Headers.Where(static header => header.Name == "Set-Cookie").Select(static header => header.Value));
    }

    [Fact]
    public void A_server_response_may_say_that_the_caller_is_wrong() =>
        Assert.Equal(404, Users().With(options => options with { ServerResponse = new ServerResponseSpec { Status = 404 } }).Get("/users").Status);

    [Fact]
    public void A_share_of_the_calls_meets_the_server_response_and_the_others_their_examples()
    {
        var mock = Users().With(options => options with { ServerResponse = new ServerResponseSpec { Status = 503, Share = 20 }, Seed = 1 });

        MatchOutcome[] outcomes = [.. Enumerable.Range(0, 1000).Select(_ => mock.Get("/users").Result.Outcome)];

        Assert.InRange(outcomes.Count(static outcome => outcome == MatchOutcome.ServerResponse), 150, 250);
        Assert.All(outcomes, static outcome => Assert.True(outcome is MatchOutcome.ServerResponse or MatchOutcome.Matched));
        Assert.Contains(Enumerable.Range(0, 100), _ => mock.Get("/nothing").Result.Outcome == MatchOutcome.ServerResponse);
    }

    [Fact]
    public void Which_calls_meet_the_server_response_is_the_same_again_with_a_seed()
    {
        MatchOutcome[] Outcomes(long? seed, string? own = null)
        {
            var mock = Users().With(options => options with { ServerResponse = new ServerResponseSpec { Status = 503, Share = 50 }, Seed = seed });
            return [.. Enumerable.Range(0, 100).Select(_ => mock.Get("/users", own is null ? [] : new Headers { { "x-mock-seed", own } }).Result.Outcome)];
        }

        Assert.Equal(Outcomes(seed: 7), Outcomes(seed: 7));
        Assert.NotEqual(Outcomes(seed: 7), Outcomes(seed: 8));
        Assert.Single(Outcomes(seed: null, own: "this call").Distinct());
        Assert.Equal(2, Outcomes(seed: null).Distinct().Count());
    }

    [Fact]
    public void A_share_of_calls_asks_for_the_body_when_either_answer_reads_it()
    {
        Mock With(string? body) => Users().With(options => options with { ServerResponse = new ServerResponseSpec { Status = 503, Share = 50, Body = body } });

        Assert.True(With("{{$body}}").Plan.NeedsBody("GET", Headers.None));
        Assert.Equal(Users().Plan.NeedsBody("GET", Headers.None), With("down").Plan.NeedsBody("GET", Headers.None));
    }

    [Fact]
    public void A_server_response_knows_the_variables_of_the_collection()
    {
        MockPlan plan = Read("""{"variable":[{"key":"city","value":"Oslo"}],"item":[]}""", new MockPlanOptions { ServerResponse = new ServerResponseSpec { Status = 503, Body = "{{city}}" } });

        Assert.Equal("Oslo", Encoding.UTF8.GetString(plan.Match(new MockRequest("GET", "/", Headers.None, default)).Response!.Body.Span));
    }

    [Theory]
    [InlineData("""{"variable":[{"key":"baseUrl","value":"https://x/v1"}],"item":[{"request":{"url":"{{baseUrl}}/pets"}}]}""")]
    [InlineData("""{"item":[{"variable":[{"key":"baseUrl","value":"https://x/v1"}],"item":[{"request":{"url":"{{baseUrl}}/pets"}}]}]}""")]
    [InlineData("""{"variables":[{"key":"baseUrl","value":"https://x/v1"}],"requests":[{"id":"r","url":"{{baseUrl}}/pets"}]}""")]
    public void A_request_without_an_example_knows_the_variables_around_it(string collection)
    {
        MockPlan plan = Read(collection, new MockPlanOptions());

        Assert.Equal(MatchOutcome.RequestWithoutExample, plan.Match(new MockRequest("GET", "/v1/pets", Headers.None, default)).Outcome);
        Assert.Equal(MatchOutcome.NoMatch, plan.Match(new MockRequest("GET", "/pets", Headers.None, default)).Outcome);
    }

    [Theory]
    [InlineData("x", 8192)]
    [InlineData("\u00f6", 8192 / 6)]
    public void The_headers_of_an_answer_take_in_eight_kibibytes_of_values(string character, int most)
    {
        Mock mock = Of(Example("e", "POST {{h}}/p", responseHeaders: [("X-A", "<{{$body 'a'}}>"), ("X-B", "<{{$body 'b'}}>")]));
        string Sent(int length, string name) => mock.Post("/p", $"{{\"a\":\"{string.Concat(Enumerable.Repeat(character, length))}\",\"b\":\"b\"}}").Header(name)!;

        Assert.Equal("<>", Sent(most + 1, "X-A"));
        Assert.Equal("<>", Sent(most + 1, "X-B"));
        Assert.Equal("<b>", Sent(most - 1, "X-B"));
        Assert.InRange(Sent(most, "X-A").Length, 8186, 8192 + 2);
    }

    [Fact]
    public void A_body_is_rendered_whole_although_its_headers_are_full()
    {
        string large = new('x', 10_000);

        Assert.Equal(large, Of(Example("e", "POST {{h}}/p", body: "{{$body 'a'}}", responseHeaders: [("X-A", "{{$body 'a'}}")])).Post("/p", $"{{\"a\":\"{large}\"}}").Body);
    }

    [Fact]
    public void A_server_response_that_is_no_error_is_not_active()
    {
        var mock = Users().With(options => options with { ServerResponse = new ServerResponseSpec { Status = 399 } });

        Assert.Equal("u1", mock.Get("/users").Winner);
        Assert.Contains(mock.Plan.Issues, issue => issue.Reason == "ServerResponseStatus");
    }

    [Fact]
    public void A_miss_has_the_three_fields_of_the_host_and_names_the_nearest_examples()
    {
        var call = Users().Send("PUT", "/users/7/order/1");

        var error = JsonDocument.Parse(call.Body).RootElement.GetProperty("error");
        Assert.Equal(
            ("mockRequestNotFoundError", "Double check your method and the request path and try again.", "No matching requests"),
            (error.GetProperty("name").GetString(), error.GetProperty("message").GetString(), error.GetProperty("header").GetString()));
        var nearest = error.GetProperty("details").GetProperty("nearest").EnumerateArray().ToList();
        Assert.Equal(3, nearest.Count);
        Assert.Equal(("u5", "Its method is GET."), (nearest[0].GetProperty("id").GetString(), nearest[0].GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("GET", "/users/7/order/1", "Segment 3 of its path is 'orders', the call's 'order'.")]
    [InlineData("GET", "/users/7/orders", "Its path has 4 segments, the call's 3.")]
    public void A_miss_tells_why_the_nearest_lost(string method, string target, string reason)
    {
        var call = Of(Example("e", "GET {{h}}/users/{{id}}/orders/{{o}}")).With(new MatchingSpec { Fuzzy = false }).Send(method, target);

        Assert.Contains(JsonEncodedText.Encode(reason, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(), call.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExplainMode.All, true, true)]
    [InlineData(ExplainMode.Errors, false, true)]
    [InlineData(ExplainMode.None, false, false)]
    public void Explanations_can_be_switched_off(ExplainMode mode, bool table, bool details)
    {
        var mock = Users().WithUnanswered("GET {{h}}/pets").With(new MatchingSpec { Explain = mode });

        Assert.Equal(table, mock.Plan.WantsExplanation(new Headers { { "x-mock-explain", "true" } }));
        Assert.Equal(details, mock.Plan.DescribesErrors);
        foreach (var (target, header) in new[] { ("/nothing/like/it", "No matching requests"), ("/pets", "You need an example") })
        {
            var error = JsonDocument.Parse(mock.Get(target).Body).RootElement.GetProperty("error");
            Assert.Equal((header, details), (error.GetProperty("header").GetString(), error.TryGetProperty("details", out _)));
        }
    }

    [Theory]
    [InlineData("GET", "/shop/resource7777/orders", "e07777")]
    [InlineData("GET", "/shop/employes", "typo")]
    [InlineData("POST", "/shop/resource4321", "e04321")]
    [InlineData("GET", "/shop/{{any}}/nothing", "e00000")]
    public void The_nearest_examples_are_found_among_many(string method, string target, string nearest)
    {
        var mock = Of([.. Enumerable.Range(0, 10_000).Select(number => Example($"e{number:D5}", $"GET {{{{h}}}}/shop/resource{number:D4}", headers: [("X-A", "1")])), Example("typo", "GET {{h}}/shop/employees", headers: [("X-A", "1")]), Example("post", "POST {{h}}/elsewhere")]);

        var call = mock.Send(method, target, new Headers { { "x-mock-match-request-headers", "X-A" } });

        Assert.Equal(nearest, JsonDocument.Parse(call.Body).RootElement.GetProperty("error").GetProperty("details").GetProperty("nearest")[0].GetProperty("id").GetString());
    }

    [Fact]
    public void A_similar_path_of_another_status_is_named_as_similar()
    {
        var mock = Of(Example("e", "GET {{h}}/employees", headers: [("X-A", "1")]));

        var call = mock.Get("/employes", new Headers { { "x-mock-match-request-headers", "X-A" } });

        Assert.Contains("The header X-A differs.", call.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_request_without_an_example_says_so()
    {
        var mock = Users().WithUnanswered("GET {{h}}/bare/{{id}}", "DELETE {{h}}/users");

        var call = mock.Get("/bare/1");

        Assert.Equal(MatchOutcome.RequestWithoutExample, call.Result.Outcome);
        var error = JsonDocument.Parse(call.Body).RootElement.GetProperty("error");
        Assert.Equal(("You need an example", "To mock this request add an example response for the mock server to return."), (error.GetProperty("header").GetString(), error.GetProperty("message").GetString()));
        Assert.Equal(MatchOutcome.RequestWithoutExample, mock.Send("DELETE", "/users").Result.Outcome);
        Assert.True(mock.Get("/bare/1", new Headers { { "x-mock-response-name", "x" } }).IsNotFound);
    }

    [Fact]
    public void An_explanation_is_the_whole_table_of_scores()
    {
        var table = Users().Explain("GET", "/users/1?a=b");

        Assert.Equal(["u2", "u3", "u4"], table.Examples.Take(3).Select(row => row.Id));
        Assert.Equal([99, 79, 79, null, null, null, null], table.Examples.Select(row => row.Score));
        Assert.Equal("u2", Assert.Single(table.Examples, row => row.Won).Id);
        Assert.Equal("The path is identical (100). Query: 0 match, 0 differ in value, 1 on one side only (-1).", table.Examples[0].Reason);
        Assert.Equal("GET /users/{{userId}}", table.Examples[1].Method + " " + table.Examples[1].Target);
    }

    [Fact]
    public void An_explanation_is_written_as_json()
    {
        var output = new ArrayBufferWriter<byte>();
        Users().Plan.WriteExplanation(new MockRequest("POST", "/users", Headers.None, Encoding.UTF8.GetBytes("""{"name":"Bob"}""")), output, TestContext.Current.CancellationToken);

        var json = JsonDocument.Parse(output.WrittenMemory).RootElement;
        Assert.Equal(("Matched", 7), (json.GetProperty("outcome").GetString(), json.GetProperty("exampleCount").GetInt32()));
        Assert.Equal(("u7", 105, true), (json.GetProperty("examples")[0].GetProperty("id").GetString(), json.GetProperty("examples")[0].GetProperty("score").GetDouble(), json.GetProperty("examples")[0].GetProperty("won").GetBoolean()));
        Assert.True(Users().Plan.WantsExplanation(new Headers { { "X-Mock-Explain", " True " } }));
    }

    [Fact]
    public void Shadowed_examples_are_counted_and_named()
    {
        var plan = Users().Plan;

        Assert.Equal(1, plan.ShadowedCount);
        var issue = Assert.Single(plan.Issues);
        Assert.Equal((LoadIssueSeverity.Warning, "item.u4", "Shadowed"), (issue.Severity, issue.Path, issue.Reason));
    }

    [Fact]
    public void A_variable_that_refers_to_itself_is_reported_with_its_example()
    {
        var plan = Of(Example("e", "GET {{h}}/{{loop}}")).WithVariable("loop", "{{loop}}").Plan;

        Assert.Equal("item.e", Assert.Single(plan.Issues, issue => issue.Reason == "VariableCycle").Path);
    }

    [Fact]
    public void A_body_is_needed_only_where_something_reads_it()
    {
        var mock = Of(Example("a", "GET {{h}}/a"), Example("b", "POST {{h}}/b", requestBody: Raw("{}")), Example("c", "PUT {{h}}/c", body: "{{$body}}"));

        Assert.Equal((false, true, true, false), (Needs("GET"), Needs("POST"), Needs("PUT"), Needs("PATCH")));
        Assert.True(mock.Plan.NeedsBody("GET", new Headers { { "x-mock-match-request-body", "true" } }));

        bool Needs(string method) => mock.Plan.NeedsBody(method, Headers.None);
    }

    [Fact]
    public void A_body_that_a_variable_echoes_is_needed()
    {
        var mock = Of(Example("a", "PUT {{h}}/a", body: "{{echo}}")).WithVariable("echo", "{{$body}}");

        Assert.True(mock.Plan.NeedsBody("PUT", Headers.None));
        Assert.Equal("hello", mock.Send("PUT", "/a", Headers.None, "hello").Body);
    }

    [Theory]
    [InlineData("GET", "/users/1", "")]
    [InlineData("GET", "/users/", "")]
    [InlineData("GET", "/us%65rs?a=%41&b", "")]
    [InlineData("GET", "/nothing/at/all", "")]
    [InlineData("POST", "/users", """{ "name" : "B\u006Fb" }""")]
    public void A_match_of_a_static_answer_allocates_nothing(string method, string target, string body) =>
        Assert.Equal(0, LeastAllocated(Users().Plan, method, target, body));

    [Theory]
    [InlineData(null)]
    [InlineData(7L)]
    public void To_draw_a_delay_and_who_meets_an_outage_allocates_nothing(long? seed)
    {
        var mock = Users().With(options => options with
        {
            Delay = new DelaySpec { Min = "1ms", Max = "2s" },
            ServerResponse = new ServerResponseSpec { Status = 503, Share = 50 },
            Seed = seed,
        });

        Assert.Equal(0, LeastAllocated(mock.Plan, "GET", "/users/1", ""));
    }

    private static long LeastAllocated(MockPlan plan, string method, string target, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        // The least of many: a first call may fill a pool, and code that is not yet optimised boxes where optimised code does not. How soon the
        // optimised code comes depends on what else runs, so this waits for it.
        var least = long.MaxValue;
        for (var watch = Stopwatch.StartNew(); least > 0 && watch.Elapsed < TimeSpan.FromSeconds(60);)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            plan.Match(new MockRequest(method, target, Headers.None, bytes));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static MockPlan Read(string collection, MockPlanOptions options) => MockPlan.ReadPostman(Encoding.UTF8.GetBytes(collection), new Dictionary<string, string>(StringComparer.Ordinal), options);
}
