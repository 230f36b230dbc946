using System.Buffers;
using System.Text;

namespace MockOperator.Mocking.Templating;

/// <summary>A text with <c>{{tokens}}</c>, parsed once when the collection is loaded and rendered for every request.</summary>
public sealed class Template
{
    private readonly string _text;

    private Template(string text)
    {
        _text = text;
        IsStatic = !text.Contains("{{", StringComparison.Ordinal);
        Utf8 = IsStatic ? Encoding.UTF8.GetBytes(text) : default;
    }

    /// <summary>Whether nothing is left to fill in per request.</summary>
    public bool IsStatic { get; }

    /// <summary>The whole text in UTF-8 when <see cref="IsStatic"/>; empty otherwise.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Parses a text and fills in what does not depend on a request.</summary>
    public static Template Parse(string text, VariableResolver variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return new Template(variables.Resolve(text));
    }

    /// <summary>Writes the text with its tokens filled in.</summary>
    public void Render(IBufferWriter<byte> output, ref RenderContext context) => Encoding.UTF8.GetBytes(Fill(ref context), output);

    /// <summary>As <see cref="Render"/>, but CR, LF and NUL become spaces: what is filled in never adds a header.</summary>
    public void RenderHeader(IBufferWriter<byte> output, ref RenderContext context) =>
        Encoding.UTF8.GetBytes(Fill(ref context).Replace('\r', ' ').Replace('\n', ' ').Replace('\0', ' '), output);

    private string Fill(ref RenderContext context)
    {
        var result = new StringBuilder(_text.Length);
        int position = 0;
        while (position < _text.Length)
        {
            int open = _text.IndexOf("{{", position, StringComparison.Ordinal);
            int close = open < 0 ? -1 : _text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                break;
            }

            string? value = context.Captures.Find(_text[(open + 2)..close]);
            result.Append(_text, position, open - position).Append(value ?? _text[open..(close + 2)]);
            position = close + 2;
        }

        return result.Append(_text, position, _text.Length - position).ToString();
    }
}
