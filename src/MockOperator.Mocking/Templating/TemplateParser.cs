using System.Text;
using MockOperator.Mocking.Templating.Dynamic;

namespace MockOperator.Mocking.Templating;

/// <summary>
/// Takes a text apart whose variables are resolved already. A token is <c>{{</c>, characters other than braces, <c>}}</c>; a request helper may
/// have braces in its arguments. What cannot be a token is text.
/// </summary>
internal sealed class TemplateParser(VariableResolver variables, IReadOnlySet<string>? captureNames)
{
    /// <summary>How deep defaults of request helpers may hold tokens.</summary>
    public const int MaxDepth = 8;

    /// <summary>
    /// Characters that may be looked at in vain for the end of helpers that turn out to be none. After that, helpers of the text are text: a text
    /// full of opened quotes must not take seconds to load.
    /// </summary>
    private const int MaxWasted = 4 * 1024 * 1024;

    private int _wasted;

    public TemplatePart[] Parse(string text, int depth = 0)
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

            int end = 0;
            TemplatePart? part = _wasted < MaxWasted ? new HelperReader(this, text, depth).TryRead(open, out end) : null;
            part ??= ReadToken(text, open, out end);
            position = end;
            if (part is not null)
            {
                AddLiteral(parts, text.AsSpan(literalStart, open - literalStart));
                parts.Add(part);
                literalStart = end;
            }
        }

        AddLiteral(parts, text.AsSpan(literalStart));
        return [.. parts];
    }

    /// <summary>Notes characters that were looked at in vain.</summary>
    public void Waste(int characters) => _wasted += characters;

    /// <summary>Reads what begins with two braces.</summary>
    /// <param name="text">The text.</param>
    /// <param name="open">Where the braces are.</param>
    /// <param name="end">Where to read on.</param>
    /// <returns>Null when it is text.</returns>
    private TemplatePart? ReadToken(string text, int open, out int end)
    {
        end = text.Length;
        int length = text.AsSpan(open + 2).IndexOfAny('{', '}');
        if (length < 0)
        {
            return null;
        }

        int close = open + 2 + length;
        if (text[close] == '{')
        {
            // The token, if there is one, begins later: "{{{id}}" is a brace and a token.
            end = length == 0 ? open + 1 : close;
            return null;
        }

        if (close + 1 >= text.Length || text[close + 1] != '}')
        {
            end = close + 1;
            return null;
        }

        end = close + 2;
        string name = text[(open + 2)..close];
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
