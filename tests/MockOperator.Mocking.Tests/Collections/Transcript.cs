using System.Globalization;
using System.Text;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Collections;

/// <summary>Writes out all that was read, for comparison with what is known to be right.</summary>
internal static class Transcript
{
    public static string Of(LoadedCollection collection)
    {
        var text = new StringBuilder();
        Line(text, $"collection {Quote(collection.Name)}");
        foreach (Example example in collection.Examples)
        {
            Line(text, $"\nexample {example.Path}");
            Line(text, $"  id {example.Id}{(example.Uid is null ? "" : " uid " + example.Uid)}");
            Line(text, $"  name {Quote(example.Name)}");
            Request(text, example.Request);
            Response(text, example.Response);
            for (VariableScope? scope = example.Scope; scope is not null; scope = scope.Outer)
            {
                Line(text, $"  scope {string.Join(' ', scope.Variables.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={Quote(pair.Value)}"))}".TrimEnd());
            }
        }

        foreach (ExampleRequest request in collection.RequestsWithoutExample.Select(static unanswered => unanswered.Request))
        {
            Line(text, "\nrequest without example");
            Request(text, request);
        }

        Issues(text, collection.Issues);
        return text.ToString();
    }

    public static string Of(LoadedEnvironment environment)
    {
        var text = new StringBuilder();
        Line(text, $"environment {Quote(environment.Name)}");
        foreach ((string name, string value) in environment.Variables.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            Line(text, $"  {name}={Quote(value)}");
        }

        Issues(text, environment.Issues);
        return text.ToString();
    }

    private static void Request(StringBuilder text, ExampleRequest request)
    {
        Line(text, $"  request {request.Method} host {Quote(request.Url.Host)} path [{string.Join(", ", request.Url.Path.Select(Quote))}]");
        foreach (QueryParameter parameter in request.Url.Query)
        {
            Line(text, $"    query {Quote(parameter.Key)} = {(parameter.Value is null ? "null" : Quote(parameter.Value))}");
        }

        foreach ((string name, string value) in request.Url.PathVariables.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            Line(text, $"    path variable {name} = {Quote(value)}");
        }

        Headers(text, request.Headers);
        switch (request.Body)
        {
            case ExampleBody.Raw raw:
                Line(text, $"    raw {Quote(raw.Text)}");
                break;
            case ExampleBody.Form form:
                Line(text, $"    {(form.Multipart ? "formdata" : "urlencoded")} [{string.Join(", ", form.Fields.Select(static field => $"{Quote(field.Name)}: {Quote(field.Value)}"))}]");
                break;
            case ExampleBody.GraphQL graph:
                Line(text, $"    graphql {Quote(graph.Query)} variables {Quote(graph.Variables ?? "-")} operation {graph.OperationName ?? "-"}");
                break;
            case ExampleBody.File:
                Line(text, "    file");
                break;
            default:
                break;
        }
    }

    private static void Response(StringBuilder text, ExampleResponse response)
    {
        string phrase = response.ReasonPhrase is null ? "" : " " + Quote(response.ReasonPhrase);
        Line(text, $"  response {response.Status}{phrase} language {response.PreviewLanguage ?? "-"} delay {response.DelayMilliseconds?.ToString(CultureInfo.InvariantCulture) ?? "-"}");
        Headers(text, response.Headers);
        if (response.SavedText() is { } saved)
        {
            Line(text, $"    text {Quote(saved)}");
        }

        if (response.Binary is { } binary)
        {
            Line(text, $"    binary {Convert.ToHexString(binary.Span)}");
        }
    }

    private static void Headers(StringBuilder text, IEnumerable<Field> headers)
    {
        foreach (Field header in headers)
        {
            Line(text, $"    header {header.Name}: {header.Value}");
        }
    }

    private static void Issues(StringBuilder text, IEnumerable<LoadIssue> issues)
    {
        foreach (LoadIssue issue in issues)
        {
            Line(text, $"\n{issue.Severity} {issue.Reason} at {issue.Path}\n  {issue.Message}");
        }
    }

    private static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal) + "\"";

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
