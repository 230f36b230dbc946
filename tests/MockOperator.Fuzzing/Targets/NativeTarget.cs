using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MockOperator.Fuzzing.Engine;
using MockOperator.Resources;
using MockOperator.Runtime.Access;
using MockOperator.Runtime.Content;

namespace MockOperator.Fuzzing.Targets;

/// <summary>Definitions of mocks with native examples, as a bundle holds them.</summary>
internal sealed class NativeTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "native";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words =>
    [
        "\"examples\":[", "\"request\":{", "\"response\":{", "\"json\":", "\"base64\":", "\"body\":", "\"headers\":[{\"name\":\"X\",\"value\":", "\"query\":[{\"name\":\"q\",\"value\":", "\"status\":", "\"delay\":\"250ms\"", "\"matching\":{", "\"cors\":{", "\"access\":{", "\"allowOrigins\":[",
        "\"https://*.example.com\"", "\"serverResponse\":{", "\"seed\":", "\"delay\":{", "\"exposedPaths\":[", "\"environment\":[", "\"mode\":\"Strict\"", "\"body\":\"Subset\"", "\"quotas\":[{\"name\":\"q\",\"uid\":\"u\"}]", "\"rateLimit\":{\"requests\":", "\"per\":\"1m\"",
    ];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => ((string[])
    [
        """{"name":"n","examples":[{"name":"a","request":{"method":"GET","path":"/a/{{id}}","query":[{"name":"q","value":"1"},{"name":"q"}],"headers":[{"name":"X","value":"{{id}}"}]},"response":{"status":200,"headers":[{"name":"Content-Type","value":"text/plain"}],"body":"{{id}}"}}]}""",
        """{"name":"n","namespace":"s","examples":[{"request":{"method":"POST","path":"/a","json":{"a":[1,"x"]}},"response":{"status":201,"json":{"b":"{{$body 'a'}}"}}},{"request":{"path":"/:b"},"response":{"base64":"AAEC"}}],"matching":{"body":"Subset","mode":"Strict","headers":["X"]}}""",
        """{"name":"n","examples":[{"request":{"path":"/"}}],"cors":{"allowOrigins":["https://*.example.com","null"],"allowCredentials":true,"maxAge":"5m"},"access":{"private":true,"header":"X-Key","bearer":true},"delay":{"min":"1ms","max":"5ms"},"serverResponse":{"name":"down","status":503,"share":100,"body":"{{x}}","headers":[{"name":"Retry-After","value":"{{$randomInt}}"}]},"seed":7,"exposedPaths":[{"host":"h","path":"/p"}]}""",
    ]).Select(SeedFiles.Text);

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        // Without a name it is no definition, says the reader of bundles.
        if (Read(input) is { Name.Length: > 0 } definition && Compile(definition) is { } content)
        {
            Promises.Answer(content.Plan, Compile(definition)!.Plan);
            foreach (string host in (string[])["h", "h:80", "", "[::1]:8080"])
            {
                var headers = new HeaderDictionary { ["Host"] = host, ["X-Forwarded-Host"] = "h, i", ["X-Forwarded-Prefix"] = "/q" };
                Violation.Unless(content.Prefixes.Strip(headers, "/p/a?b").StartsWith('/'), "A target begins with a slash.");
            }
        }
    }

    /// <summary>Reads a definition; null for what is none, as the reader of bundles documents it.</summary>
    public static MockDefinition? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RuntimeJson.Default.MockDefinition);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static MockContent? Compile(MockDefinition definition) =>
        ContentCompiler.Compile("r", definition, collection: null, new Dictionary<string, string>(StringComparer.Ordinal) { ["x"] = "{{y}}" }, ApiKeyRing.Closed("none"), StillTime.Instance) is ContentReading.Usable usable
            ? usable.Content
            : null;
}
