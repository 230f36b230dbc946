using System.Globalization;
using System.Text.Json;
using MockOperator.Mocking.Tests.Matching;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Serving;

/// <summary>Runs the worked examples of docs/matching.md.</summary>
public class MatchingPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Root(), "docs", "matching.md")).ReplaceLineEndings("\n");

    public static TheoryData<string> Blocks => [.. s_page.Split("```mock\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)])];

    [Fact]
    public void The_page_has_examples() => Assert.True(Blocks.Count >= 12, $"{Blocks.Count} blocks");

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_gives_the_answers_on_the_page(string block)
    {
        var parts = block.Split("---\n");
        var lines = parts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var number = 0;
        var mock = Mock.Of([.. lines.Where(line => line.Contains(" -> ", StringComparison.Ordinal)).Select(line => ReadExample(line, ++number))]);
        foreach (var line in lines.Where(line => line.StartsWith("variable ", StringComparison.Ordinal)))
        {
            var pair = line["variable ".Length..].Split('=', 2);
            mock.WithVariable(pair[0], pair[1]);
        }

        if (lines.SingleOrDefault(line => line.StartsWith("matching ", StringComparison.Ordinal)) is { } matching)
        {
            using var json = JsonDocument.Parse(matching["matching ".Length..]);
            mock.With(new MatchingSpec
            {
                Mode = json.RootElement.TryGetProperty("mode", out var mode) ? Enum.Parse<MatchingMode>(mode.GetString()!) : null,
                Body = json.RootElement.TryGetProperty("body", out var body) ? Enum.Parse<BodyMatching>(body.GetString()!) : null,
            });
        }

        Assert.All(parts[1].Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal(line, Run(mock, line)));
    }

    private static MockOperator.Mocking.Collections.Example ReadExample(string line, int number)
    {
        var (request, body, headers, answer) = Read(line);
        var space = answer.IndexOf(' ', StringComparison.Ordinal);
        return Mock.Example(
            $"{number}",
            request,
            int.Parse(answer[..space], CultureInfo.InvariantCulture),
            answer[(space + 1)..],
            $"example {number}",
            body is null ? null : Mock.Raw(body),
            [.. headers]);
    }

    /// <summary>The line as it must be: the call, with what came back.</summary>
    private static string Run(Mock mock, string line)
    {
        var (request, body, headers, _) = Read(line);
        var sent = new Headers();
        foreach (var (name, value) in headers)
        {
            sent.Add(name, value);
        }

        var call = mock.Send(request[..request.IndexOf(' ', StringComparison.Ordinal)], request[(request.IndexOf(' ', StringComparison.Ordinal) + 1)..], sent, body);
        var answer = call.Winner is null ? "404" : $"{call.Status} {call.Body} ({call.Score.ToString("0.##", CultureInfo.InvariantCulture)})";
        return line[..line.IndexOf(" -> ", StringComparison.Ordinal)] + " -> " + answer;
    }

    private static (string Request, string? Body, List<(string, string)> Headers, string Answer) Read(string line)
    {
        var arrow = line.IndexOf(" -> ", StringComparison.Ordinal);
        var pieces = line[..arrow].Split(" | ");
        string? body = null;
        var headers = new List<(string, string)>();
        foreach (var piece in pieces.Skip(1))
        {
            var colon = piece.IndexOf(": ", StringComparison.Ordinal);
            if (piece.StartsWith('{') || colon < 0)
            {
                body = piece;
            }
            else
            {
                headers.Add((piece[..colon], piece[(colon + 2)..]));
            }
        }

        return (pieces[0], body, headers, line[(arrow + 4)..]);
    }

    private static string Root()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "MockOperator.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests run outside the repository: MockOperator.sln is in no folder above them.");
    }
}
