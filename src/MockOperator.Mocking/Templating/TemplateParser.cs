using System.Text;
using MockOperator.Mocking.Templating.Dynamic;

namespace MockOperator.Mocking.Templating;

/// <summary>
/// Takes a text apart whose variables are resolved already. A token is <c>{{</c>, characters other than braces, <c>}}</c>; what cannot be one is text.
/// </summary>
internal static class TemplateParser
{
    public static TemplatePart[] Parse(string text, VariableResolver variables, IReadOnlySet<string>? captureNames)
    {
        List<TemplatePart> parts = [];
        int literalStart = 0;
        int position = 0;
        while (position < text.Length)
        {
            int open = text.IndexOf("{{", position, StringComparison.Ordinal);
            if (open < 0)
            {
                break;
            }

            int brace = text.AsSpan(open + 2).IndexOfAny('{', '}');
            if (brace < 0)
            {
                break;
            }

            int close = open + 2 + brace;
            if (text[close] == '{')
            {
                // The token, if there is one, starts later: "{{{id}}" is a brace and a token.
                position = brace == 0 ? open + 1 : close;
                continue;
            }

            if (close + 1 >= text.Length || text[close + 1] != '}')
            {
                position = close + 1;
                continue;
            }

            position = close + 2;
            if (ReadToken(text[(open + 2)..close], variables, captureNames) is { } part)
            {
                AddLiteral(parts, text.AsSpan(literalStart, open - literalStart));
                parts.Add(part);
                literalStart = position;
            }
        }

        AddLiteral(parts, text.AsSpan(literalStart));
        return [.. parts];
    }

    private static TemplatePart? ReadToken(string name, VariableResolver variables, IReadOnlySet<string>? captureNames)
    {
        string trimmed = name.Trim();
        if (trimmed.StartsWith('$'))
        {
            return DynamicVariables.Find(trimmed) is { } value ? new DynamicPart(value) : null;
        }

        bool canBeCaptured = captureNames is null || captureNames.Contains(name) || captureNames.Contains(trimmed);
        return canBeCaptured && !variables.IsDefined(name) ? new CapturePart(name) : null;
    }

    private static void AddLiteral(List<TemplatePart> parts, ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty)
        {
            byte[] utf8 = new byte[Encoding.UTF8.GetByteCount(text)];
            Encoding.UTF8.GetBytes(text, utf8);
            parts.Add(new LiteralPart(utf8));
        }
    }
}
