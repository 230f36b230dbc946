using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Matching;
using MockOperator.Mocking.Serving;
using MockOperator.Mocking.Templating;
using MockOperator.Mocking.Tests.Collections;
using MockOperator.Mocking.Tests.Matching;

namespace MockOperator.Mocking.Tests.Serving;

/// <summary>Every saved example of the corpus is found by its own request, or another that the order of ties puts before it.</summary>
public class RoundTripTests
{
    private static readonly FrozenDictionary<string, string> s_environment = FrozenDictionary<string, string>.Empty;

    public static TheoryData<string> Collections => [.. Corpus.Collections];

    [Theory]
    [MemberData(nameof(Collections))]
    public void A_saved_example_is_found_by_its_own_request(string name)
    {
        var loaded = CollectionReader.ReadPostman(Corpus.Read(name));
        var plan = MockPlan.Compile(loaded, s_environment, new MockPlanOptions());
        var oracle = new Oracle(loaded.Examples);

        Assert.All(loaded.Examples, example =>
        {
            var (target, body, contentType) = OwnRequest(example);
            var headers = new Headers();
            if (contentType is not null)
            {
                headers.Add("Content-Type", contentType);
            }

            var result = plan.Match(new MockRequest(example.Request.Method, target, headers, Encoding.UTF8.GetBytes(body)));
            var (winner, score) = oracle.Find(example.Request.Method, target, headers, body, contentType);

            Assert.Equal((winner?.Path, score), (result.Response?.ExamplePath, result.Score));
            var own = oracle.Survivors(example.Request.Method, target, headers, body, contentType).Single(pair => pair.Example.Path == example.Path);
            Assert.Equal(own.Score, result.Score);
            Assert.Equal(winner!.Response.Status, result.Response!.Status);
            if (winner.Response.Binary is { } bytes)
            {
                Assert.Equal(bytes.ToArray(), result.Response.Body.ToArray());
            }
            else if (result.Response.IsBodyStatic && result.Response.AllowsBody)
            {
                Assert.Equal(new VariableResolver(s_environment, winner.Scope).Resolve(winner.Response.SavedText() ?? ""), Encoding.UTF8.GetString(result.Response.Body.Span));
            }

            var type = winner.Response.Headers.Where(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();
            Assert.Equal(type, type is null ? null : result.Response.Headers.First(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value);
        });
    }

    private static (string Target, string Body, string? ContentType) OwnRequest(Example example)
    {
        var variables = new VariableResolver(s_environment, example.Scope);
        var url = ResolvedUrl.Read(example.Request.Url, variables);
        var path = ExamplePath.Read(example.Request.Url, url.Path, variables, wildcards: true, new Canonical<PathSegment>(EqualityComparer<PathSegment>.Default));
        var segments = path.Exact.Split('/').Select(segment => Uri.EscapeDataString(segment.Replace(PercentDecoding.EncodedSlash, '/')));
        var query = ExampleQuery.Read(url.Query, new Vocabulary(), wildcards: true).Parameters
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Name)}={Uri.EscapeDataString(parameter.Value)}");
        var target = "/" + string.Join('/', segments) + "?" + string.Join('&', query);
        return example.Request.Body switch
        {
            ExampleBody.Raw raw => (target, variables.Resolve(raw.Text), null),
            ExampleBody.Form { Multipart: true } form => (target, string.Concat(form.Fields.Select(field => $"--B\r\nContent-Disposition: form-data; name=\"{field.Name}\"\r\n\r\n{variables.Resolve(field.Value)}\r\n")) + "--B--\r\n", "multipart/form-data; boundary=B"),
            ExampleBody.Form form => (target, string.Join('&', form.Fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(variables.Resolve(field.Value))}")), "application/x-www-form-urlencoded"),
            ExampleBody.GraphQL call => (target, new JsonObject { ["query"] = call.Query, ["variables"] = JsonNode.Parse(call.Variables ?? "{}"), ["operationName"] = call.OperationName }.ToJsonString(), "application/json"),
            _ => (target, "", null),
        };
    }
}
