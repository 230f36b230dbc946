using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Pages;

/// <summary>An example as it is typed into a form.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, perhaps with a query.</param>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
internal sealed record TypedExample(string Method, string Path, string Status, string Body)
{
    /// <summary>Methods that are offered.</summary>
    public static readonly IReadOnlyList<string> Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    /// <summary>An example that nobody has typed into yet.</summary>
    public static TypedExample Empty { get; } = new("GET", "", "200", "");

    /// <summary>The example that it stands for.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="problem">What is wrong; null for nothing.</param>
    /// <returns>The example; null when something is wrong.</returns>
    public ExampleSpec? ToSpec(string name, out string? problem)
    {
        var path = Path.Trim();
        problem = path.Length == 0 || path[0] != '/' ? "The path begins with a slash, as in /pets/{{id}}."
            : !int.TryParse(Status, System.Globalization.NumberStyles.None, null, out var code) || code is < 200 or > 599 ? "The status is a number from 200 to 599."
            : null;
        if (problem is not null)
            return null;
        var question = path.IndexOf('?', StringComparison.Ordinal);
        return new ExampleSpec
        {
            Name = name,
            Request = new ExampleRequestSpec
            {
                Method = Method,
                Path = question < 0 ? path : path[..question],
                Query = question < 0 ? null : [.. path[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Parameter)],
            },
            Response = new ExampleResponseSpec
            {
                Status = int.Parse(Status, System.Globalization.NumberStyles.None),
                Headers = Body.Length == 0 ? null : [new HeaderSpec { Name = "Content-Type", Value = IsJson(Body) ? "application/json" : "text/plain; charset=utf-8" }],
                Body = Body.Length == 0 ? null : Body,
            },
        };
    }

    /// <summary>A name for it: what it answers.</summary>
    public string SuggestedName => $"{Method} {Path.Split('?')[0]}";

    private static QueryParameterSpec Parameter(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? new QueryParameterSpec { Name = Decoded(pair) }
            : new QueryParameterSpec { Name = Decoded(pair[..equals]), Value = Decoded(pair[(equals + 1)..]) };
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
