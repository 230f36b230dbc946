using System.Collections.Immutable;
using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Reads <c>header</c>: an array of <c>{key, value, disabled}</c>, an array of lines, one text of lines, or null.</summary>
internal static class HeaderReader
{
    /// <summary>Enabled headers in order, repeated ones included. A header that HTTP cannot carry is skipped, with an issue that never quotes its value.</summary>
    public static ImmutableArray<Field> Read(DocumentNode header, ReadingContext context)
    {
        ImmutableArray<Field>.Builder fields = ImmutableArray.CreateBuilder<Field>();
        switch (header.Kind)
        {
            case JsonValueKind.Array:
                ReadRows(header, fields, context);
                break;
            case JsonValueKind.String:
                HeaderLines.Read(context.Text(header) ?? "", header.Path, fields, context);
                break;
            case JsonValueKind.Undefined or JsonValueKind.Null:
                break;
            default:
                context.WrongType(header, "headers as an array or as text");
                break;
        }

        return fields.ToImmutable();
    }

    /// <summary>Adds a header if HTTP can carry it.</summary>
    /// <returns>Whether more headers are wanted.</returns>
    public static bool Add(string name, string value, DocumentPath path, ImmutableArray<Field>.Builder fields, ReadingContext context)
    {
        if (fields.Count >= context.Limits.Headers)
        {
            context.Issues.Skip(
                path, LoadIssueReason.TooMany, $"There are more than {context.Limits.Headers} headers. This one and those after it are left out.");
            return false;
        }

        string trimmed = value.Trim(' ', '\t');
        if (name.Length + trimmed.Length > context.Limits.HeaderLength)
        {
            context.Issues.Skip(
                path,
                LoadIssueReason.TooLarge,
                $"The header \"{IssueLog.Quote(name)}\" has {name.Length + trimmed.Length} characters, and {context.Limits.HeaderLength} are allowed. Shorten it.");
        }
        else if (!HeaderRules.IsToken(name))
        {
            context.Issues.Skip(
                path, LoadIssueReason.InvalidHeader, $"\"{IssueLog.Quote(name)}\" is no name of a header. Use letters, digits and hyphens.");
        }
        else if (!HeaderRules.IsValue(trimmed))
        {
            context.Issues.Skip(
                path,
                LoadIssueReason.InvalidHeader,
                $"The value of the header \"{IssueLog.Quote(name)}\" holds a line break or another control character. Remove it.");
        }
        else
        {
            fields.Add(new Field(name, trimmed));
        }

        return true;
    }

    private static void ReadRows(DocumentNode header, ImmutableArray<Field>.Builder fields, ReadingContext context)
    {
        foreach (DocumentNode row in header.Elements)
        {
            bool more = true;
            switch (row.Kind)
            {
                case JsonValueKind.Object:
                    more = ReadRow(row, fields, context);
                    break;
                case JsonValueKind.String:
                    more = HeaderLines.Read(context.Text(row) ?? "", row.Path, fields, context);
                    break;
                case JsonValueKind.Null:
                    break;
                default:
                    context.WrongType(row, "a header with key and value");
                    break;
            }

            if (!more)
            {
                return;
            }
        }
    }

    private static bool ReadRow(DocumentNode row, ImmutableArray<Field>.Builder fields, ReadingContext context)
    {
        if (!ReadingContext.IsEnabled(row))
        {
            return true;
        }

        DocumentNode key = row["key"];
        string name = (context.Text(key.IsAbsent ? row["name"] : key) ?? "").Trim();
        string value = context.Text(row["value"]) ?? "";

        // The editor leaves an empty row at the end of its tables.
        return (name.Length == 0 && value.Length == 0) || Add(name, value, row.Path, fields, context);
    }
}
