using System.Collections.Immutable;
using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Reads form fields: an array of <c>{key, value, type, disabled}</c>, or a query string. File parts are left out.</summary>
internal static class FormReader
{
    /// <summary>Enabled text fields in order; an absent table is an empty form.</summary>
    public static ExampleBody Read(DocumentNode table, bool multipart, ReadingContext context)
    {
        ImmutableArray<Field>.Builder fields = ImmutableArray.CreateBuilder<Field>();
        switch (table.Kind)
        {
            case JsonValueKind.Array:
                ReadRows(table, fields, context);
                break;
            case JsonValueKind.String:
                ReadText(context.Text(table)!, table.Path, fields, context);
                break;
            case JsonValueKind.Undefined or JsonValueKind.Null:
                break;
            default:
                context.WrongType(table, "form fields as an array");
                break;
        }

        return new ExampleBody.Form(fields.ToImmutable(), multipart);
    }

    private static void ReadRows(DocumentNode table, ImmutableArray<Field>.Builder fields, ReadingContext context)
    {
        foreach (DocumentNode row in table.Elements)
        {
            if (row.Kind != JsonValueKind.Object)
            {
                context.WrongType(row, "a form field with key and value");
                continue;
            }

            if (!ReadingContext.IsEnabled(row) || IsFile(row, context))
            {
                continue;
            }

            string key = context.Text(row["key"]) ?? "";
            string value = context.TextOrJson(row["value"]) ?? "";
            if ((key.Length > 0 || value.Length > 0) && !Add(new Field(key, value), row.Path, fields, context))
            {
                return;
            }
        }
    }

    private static bool IsFile(DocumentNode row, ReadingContext context) =>
        row["type"] is { IsAbsent: false } type ? context.Text(type) == "file" : !row["src"].IsAbsent;

    private static void ReadText(string text, DocumentPath path, ImmutableArray<Field>.Builder fields, ReadingContext context)
    {
        foreach (QueryParameter parameter in UrlParser.ParseQuery(text, context.Limits.Fields + 1))
        {
            if (!Add(new Field(Decode(parameter.Key), Decode(parameter.Value ?? "")), path, fields, context))
            {
                return;
            }
        }
    }

    private static bool Add(Field field, DocumentPath path, ImmutableArray<Field>.Builder fields, ReadingContext context)
    {
        if (fields.Count < context.Limits.Fields)
        {
            fields.Add(field);
            return true;
        }

        context.Issues.Skip(path, LoadIssueReason.TooMany, $"The form has more than {context.Limits.Fields} fields. This one and those after it are left out.");
        return false;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
