using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Matching;

/// <summary>A text with wildcards in it. Each takes as little as possible, the last one what is left.</summary>
internal sealed class TextPattern
{
    private readonly ImmutableArray<string> _literals;
    private readonly ImmutableArray<string> _names;

    private TextPattern(ImmutableArray<string> literals, ImmutableArray<string> names)
    {
        _literals = literals;
        _names = names;
    }

    /// <summary>Whether the text is nothing but one wildcard.</summary>
    internal bool IsWhole => _names.Length == 1 && _literals[0].Length == 0 && _literals[1].Length == 0;

    /// <summary>Names that are captured under; the nameless ones of dynamic variables left out.</summary>
    internal ImmutableArray<string> Captures => [.. _names.Where(static name => !name.StartsWith('$'))];

    /// <summary>Reads a text.</summary>
    /// <returns>False when there is no wildcard in it.</returns>
    internal static bool TryRead(string text, [NotNullWhen(true)] out TextPattern? pattern)
    {
        ImmutableArray<string>.Builder literals = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>();
        int position = 0;
        int search = 0;
        while (text.IndexOf("{{", search, StringComparison.Ordinal) is var open and >= 0)
        {
            int close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                break;
            }

            if (Token.TryRead(text[open..(close + 2)], out string? name))
            {
                literals.Add(text[position..open]);
                names.Add(name);
                position = close + 2;
                search = position;
            }
            else
            {
                search = open + 1;
            }
        }

        literals.Add(text[position..]);
        pattern = names.Count == 0 ? null : new TextPattern(literals.ToImmutable(), names.ToImmutable());
        return pattern is not null;
    }

    /// <summary>Whether a text fits.</summary>
    /// <param name="text">Text of the request.</param>
    /// <param name="captures">Takes what the wildcards stand for; null when nobody asks.</param>
    internal bool Fits(string text, List<Field>? captures)
    {
        if (!text.StartsWith(_literals[0], StringComparison.Ordinal))
        {
            return false;
        }

        int before = captures?.Count ?? 0;
        int position = _literals[0].Length;
        for (int index = 0; index < _names.Length; index++)
        {
            string next = _literals[index + 1];
            bool last = index == _names.Length - 1;
            int end = last ? (text.EndsWith(next, StringComparison.Ordinal) ? text.Length - next.Length : -1) : text.IndexOf(next, position, StringComparison.Ordinal);
            if (end < position)
            {
                captures?.RemoveRange(before, captures.Count - before);
                return false;
            }

            if (captures is not null && !_names[index].StartsWith('$'))
            {
                captures.Add(new Field(_names[index], text[position..end]));
            }

            position = end + next.Length;
        }

        return true;
    }
}
