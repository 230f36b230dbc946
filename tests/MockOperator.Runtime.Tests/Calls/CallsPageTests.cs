using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using MockOperator.Resources;
using MockOperator.Runtime.Calls;
using YamlDotNet.Serialization;

namespace MockOperator.Runtime.Tests.Calls;

/// <summary>What docs/calls.md says is so.</summary>
public partial class CallsPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Top(), "docs", "calls.md")).ReplaceLineEndings("\n");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_settings_that_it_shows_are_those_that_hold_when_nothing_is_said()
    {
        MockServerSpec shown = JsonDocument.Parse(Json(Fenced().First(s_page).Groups["text"].Value)).RootElement.GetProperty("spec").Deserialize(RuntimeJson.Default.MockServerSpec)!;
        CallLogSpec spec = shown.CallLog!;
        var settings = CallLogSettings.Of(spec, ApiKeyRules.DefaultHeader);
        var silent = CallLogSettings.Of(null, ApiKeyRules.DefaultHeader);
        Assert.Equal((silent.Keep, silent.Entries, silent.Bytes, silent.BodyBytes, silent.IsPrinted), (settings.Keep, settings.Entries, settings.Bytes, settings.BodyBytes, settings.IsPrinted));
        Assert.True(spec is { Keep: not null, Entries: not null, Bytes: not null, Bodies: not null, Stdout: not null });
        Assert.True(settings.Masks(Assert.Single(spec.RedactHeaders!)) && !silent.Masks(spec.RedactHeaders![0]));
    }

    [Fact]
    public async Task What_it_says_that_curl_prints_is_what_comes()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        using HttpResponseMessage unmatched = await mock.Mock.GetAsync("/owners", Cancel);
        (string target, string printed) = (Shown().First(s_page).Groups["target"].Value, Shown().First(s_page).Groups["printed"].Value);
        string answer = await mock.Calls.GetStringAsync(target, Cancel);
        string[] fields = [.. Field().Matches(printed).Select(static match => match.Value)];
        Assert.Equal(fields, Field().Matches(answer).Take(fields.Length).Select(static match => match.Value));
        Assert.InRange(fields.Length, 5, int.MaxValue);
    }

    [Fact]
    public async Task Every_request_that_it_lists_is_answered()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        await mock.Mock.GetStringAsync("/pets", Cancel);
        string id = (await mock.OnlyAsync()).Id;
        string[] requests = [.. Row(s_page, "Request").SelectMany(static cell => Quoted().Matches(cell).Select(static match => match.Groups["text"].Value))];
        Assert.Equal(["GET /calls", "GET /calls/stream", "GET /calls/{id}", "GET /calls/{id}/request-body", "…/response-body", "DELETE /calls", "DELETE /calls/{id}"], requests);
        foreach (string request in requests.Order(StringComparer.Ordinal).Reverse())
        {
            // The list ends with what forgets all; the parts of a call are asked for first.
            string[] words = request.Replace("…", "GET /calls/{id}", StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal).Split(' ');
            using var asked = new HttpRequestMessage(new HttpMethod(words[0]), words[1]);
            using HttpResponseMessage response = await mock.Calls.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead, Cancel);
            Assert.True(response.IsSuccessStatusCode, $"{request}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task The_parameters_that_it_lists_are_those_that_there_are()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        using HttpResponseMessage response = await mock.Calls.GetAsync("/calls?colour=red", Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        string told = await response.Content.ReadAsStringAsync(Cancel);
        string[] names = [.. Row(s_page, "Parameter of the first two").SelectMany(static cell => Quoted().Matches(cell).Select(static match => match.Groups["text"].Value))];
        Assert.Contains($"there are {string.Join(", ", names)}.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_outcomes_and_parts_that_it_lists_are_understood()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        foreach ((string name, string row) in ((string, string)[])[("outcome", "`outcome` |"), ("include", "`include` |"), ("status", "`status` |"), ("method", "`method` |")])
        {
            string line = s_page.Split('\n').First(line => line.StartsWith("| " + row, StringComparison.Ordinal));
            foreach (string value in Quoted().Matches(line).Skip(1).Select(static match => match.Groups["text"].Value))
            {
                using HttpResponseMessage response = await mock.Calls.GetAsync($"/calls?{name}={value}", Cancel);
                Assert.True(response.IsSuccessStatusCode, $"{name}={value}: {response.StatusCode}");
            }
        }
    }

    private static string Json(string yaml) => new SerializerBuilder().JsonCompatible().Build().Serialize(new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(yaml)!);

    /// <summary>The first cells of a table.</summary>
    private static IEnumerable<string> Row(string page, string heading)
    {
        string[] lines = page.Split('\n');
        int first = Array.FindIndex(lines, line => line.StartsWith($"| {heading} |", StringComparison.Ordinal));
        return lines.Skip(first + 2).TakeWhile(static line => line.StartsWith('|')).Select(static line => line.Split('|')[1]);
    }

    private static string Top()
    {
        string directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "MockOperator.sln")))
        {
            directory = Path.GetDirectoryName(directory)!;
        }

        return directory;
    }

    [GeneratedRegex("```yaml\n(?<text>[^`]+)```", RegexOptions.NonBacktracking)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"\$ curl localhost:9092(?<target>\S+)\n(?<printed>\{[^\n]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Shown();

    [GeneratedRegex("\"[A-Za-z]+\":", RegexOptions.NonBacktracking)]
    private static partial Regex Field();

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();
}

/// <summary>The first place where an expression fits.</summary>
file static class RegexSearch
{
    public static Match First(this Regex expression, string text)
    {
        Match match = expression.Match(text);
        Assert.True(match.Success, $"The page has nothing like {expression}.");
        return match;
    }
}
