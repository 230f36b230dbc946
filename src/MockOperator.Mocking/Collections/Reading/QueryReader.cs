using System.Collections.Immutable;
using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Reads query parameters: an array of <c>{key, value, disabled}</c>, or a query string.</summary>
internal static class QueryReader
{
    /// <summary>Enabled parameters in order; null when there is no such property.</summary>
    public static ImmutableArray<QueryParameter>? Read(DocumentNode query, ReadingContext context)
    {
        switch (query.Kind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                return UrlParser.ParseQuery((context.Text(query) ?? "").AsSpan().TrimStart('?'), context.Limits.Fields);
            case JsonValueKind.Array:
                return ReadRows(query, context);
            default:
                context.WrongType(query, "query parameters as an array");
                return null;
        }
    }

    private static ImmutableArray<QueryParameter> ReadRows(DocumentNode query, ReadingContext context)
    {
        ImmutableArray<QueryParameter>.Builder parameters = ImmutableArray.CreateBuilder<QueryParameter>();
        foreach (DocumentNode row in query.Elements)
        {
            if (parameters.Count >= context.Limits.Fields)
            {
                context.Issues.Skip(
                    row.Path,
                    LoadIssueReason.TooMany,
                    $"The URL has more than {context.Limits.Fields} query parameters. This one and those after it are left out.");
                break;
            }

            if (row.Kind == JsonValueKind.String)
            {
                parameters.AddRange(UrlParser.ParseQuery(context.Text(row), context.Limits.Fields));
            }
            else if (row.Kind == JsonValueKind.Object)
            {
                Add(row, parameters, context);
            }
            else if (!row.IsAbsent)
            {
                context.WrongType(row, "a query parameter with key and value");
            }
        }

        return parameters.ToImmutable();
    }

    private static void Add(DocumentNode row, ImmutableArray<QueryParameter>.Builder parameters, ReadingContext context)
    {
        if (!ReadingContext.IsEnabled(row))
        {
            return;
        }

        string key = context.Text(row["key"]) ?? "";
        string? value = context.Text(row["value"]);
        if (key.Length > 0 || !string.IsNullOrEmpty(value))
        {
            parameters.Add(new QueryParameter(key, value));
        }
    }
}
