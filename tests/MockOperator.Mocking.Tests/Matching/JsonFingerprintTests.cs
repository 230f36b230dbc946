using System.Text;
using System.Text.Json;
using CsCheck;
using MockOperator.Mocking.Matching;
using MockOperator.Resources;
using static MockOperator.Mocking.Tests.Matching.Mock;

namespace MockOperator.Mocking.Tests.Matching;

public class JsonFingerprintTests
{
    private static readonly string[] s_pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"\"", "\"\\u0041\"", "\"\\ud83d\\ude00\"", "\"\\n\\\"\\\\\\/\"", "\"\\x\"", "\"\\u12\"", "\"\t\"", "\"long enough for two words\"", "\"",
        "1", "-1", "01", "1.5", "1.", ".5", "1e3", "1E-2", "1e", "-", "1234567890123456789", "12345678901234567890", "true", "false", "null", "tru", "nulls", " ", "\n", "\\", "é",
    ];

    [Fact]
    public void It_takes_for_json_what_the_platform_takes_for_json() =>
        Gen.OneOf(s_pieces).Array[0, 9].Sample(pieces => Agree(string.Concat(pieces)), iter: 20_000);

    [Fact]
    public void It_takes_mutated_documents_for_json_as_the_platform_does() =>
        Gen.Select(Gen.Int[0, 80], Gen.OneOf(s_pieces), Gen.Int[0, 3]).Sample(
            (at, piece, cut) =>
            {
                const string Document = """{"a":[1,2.5,-3e1,{"b":null,"c":"x\u00e9\ny"}],"d":true,"e":"","f":{},"g":[]}""";
                at = Math.Min(at, Document.Length);
                Agree(Document[..at] + piece + Document[Math.Min(at + cut, Document.Length)..]);
            },
            iter: 20_000);

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""{"query":"\ud800"}""")]
    [InlineData("""{"query":"{ a }","operationName":"\ud800"}""")]
    public void A_lone_surrogate_breaks_nothing(string body)
    {
        var mock = Of(
            Example("wild", "POST {{h}}/p", requestBody: Raw("""{"a":"{{x}}"}""")),
            Example("same", "POST {{h}}/p", requestBody: Raw(body)),
            Example("call", "POST {{h}}/p", requestBody: new MockOperator.Mocking.Collections.ExampleBody.GraphQL("{ a }", null, "Q")));

        Assert.Equal("same", mock.Post("/p", body).Winner);
        Assert.Equal("same", mock.Post("/p", body, headers: new Headers { { "x-mock-match-request-body", "true" } }).Winner);
        Assert.NotNull(mock.With(new MatchingSpec { Body = BodyMatching.Subset }).Plan);
    }

    private static void Agree(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal((text, IsJson(bytes)), (text, JsonFingerprint.TryCompute(bytes, out _)));
    }

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
