using System.Text;

namespace MockOperator.Mocking.Templating;

/// <summary>
/// The expansion of one text: follows tokens into the values of variables, depth first. A token is <c>{{</c>, characters other than braces,
/// <c>}}</c>; an inner token may complete the name of an outer one.
/// </summary>
internal sealed class VariableExpansion(VariableResolver variables)
{
    private readonly List<string> _chain = [];
    private readonly HashSet<string> _cyclic = new(StringComparer.Ordinal);
    private bool _isFull;

    /// <summary>Whether the value being resolved depends on where the expansion began, and so must not be remembered.</summary>
    private bool _isTainted;

    public string Expand(string text)
    {
        string result = Expand(text, out _);
        variables.Budget.Take(result.Length - text.Length);
        return result;
    }

    public string? Substitute(string name) => Substitute(name, VariableResolver.MaxExpansion, out _);

    private string Expand(string text, out int height)
    {
        height = 0;
        if (!text.Contains("{{", StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder result = new(text.Length);
        Stack<int> opened = new();
        int position = 0;
        while (position < text.Length)
        {
            int brace = text.AsSpan(position).IndexOfAny('{', '}');
            if (brace < 0)
            {
                break;
            }

            result.Append(text, position, brace);
            position += brace;
            int run = RunLength(text, position);
            if (text[position] == '{')
            {
                Open(result, opened, run);
            }
            else
            {
                height = Math.Max(height, Close(result, opened, run, text.Length));
            }

            position += run;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>Reads a run of opening braces. An odd one stands first and is text: <c>{{{id}}</c> is a brace and a token.</summary>
    private static void Open(StringBuilder result, Stack<int> opened, int run)
    {
        if (run % 2 == 1)
        {
            result.Append('{');
            opened.Clear();
        }

        for (int pair = 0; pair < run / 2; pair++)
        {
            opened.Push(result.Append("{{").Length);
        }
    }

    /// <summary>Reads a run of closing braces: each pair ends the innermost open token.</summary>
    /// <returns>The greatest depth of the values that took the place of tokens.</returns>
    private int Close(StringBuilder result, Stack<int> opened, int run, int textLength)
    {
        int height = 0;
        while (run >= 2 && opened.TryPop(out int start))
        {
            run -= 2;
            int room = Math.Min(VariableResolver.MaxExpansion, variables.Budget.Remaining) + textLength - result.Length;
            if (Substitute(result.ToString(start, result.Length - start), room, out int valueHeight) is { } value)
            {
                height = Math.Max(height, valueHeight);
                result.Length = start - 2;
                result.Append(value);
                if (value.AsSpan().IndexOfAny('{', '}') >= 0)
                {
                    opened.Clear();
                }
            }
            else
            {
                result.Append("}}");
                opened.Clear();
            }
        }

        if (run > 0)
        {
            result.Append('}', run);
            opened.Clear();
        }

        return height;
    }

    private string? Substitute(string name, int room, out int height)
    {
        height = 0;
        if (_isFull || variables.FindKey(name) is not { } key || IsCyclic(key))
        {
            return null;
        }

        string value;
        if (variables.TryRecall(key, out (string Value, int Height) known) && _chain.Count + known.Height <= VariableResolver.MaxDepth)
        {
            (value, height) = known;
        }
        else if (_chain.Count >= VariableResolver.MaxDepth)
        {
            Taint("VariableTooDeep", $"Variables refer to each other more than {VariableResolver.MaxDepth} deep: {Chain(0)} → {Short(key)}. The last token stays as it is; shorten the chain.");
            return null;
        }
        else
        {
            bool wasTainted = _isTainted;
            _isTainted = false;
            _chain.Add(key);
            value = Expand(variables.FindRaw(key)!, out height);
            height++;
            _chain.RemoveAt(_chain.Count - 1);
            if (_cyclic.Contains(key))
            {
                return null;
            }

            if (!_isTainted)
            {
                variables.Remember(key, value, height);
            }

            _isTainted |= wasTainted;
        }

        if (value.Length > room)
        {
            _isFull = true;
            Taint("VariableTooLong", $"Variable '{Short(key)}' makes a text grow by more than {VariableResolver.MaxExpansion} characters, or all texts by more than {ExpansionBudget.Characters}. Its token stays as it is, and so do all after it; shorten the value.");
            return null;
        }

        return value;
    }

    private bool IsCyclic(string key)
    {
        int first = _chain.IndexOf(key);
        if (first >= 0)
        {
            _cyclic.UnionWith(_chain.Skip(first));
            Taint("VariableCycle", $"Variables refer to each other in a circle: {Chain(first)} → {Short(key)}. Their tokens stay as they are; give one of them a value without the others.");
        }

        if (!_cyclic.Contains(key))
        {
            return false;
        }

        _isTainted = true;
        return true;
    }

    private void Taint(string reason, string message)
    {
        _isTainted = true;
        variables.Report(reason, message);
    }

    private string Chain(int first) => string.Join(" → ", _chain.Skip(first).Select(Short));

    private static string Short(string name) => name.Length <= 64 ? name : name[..64] + "…";

    private static int RunLength(string text, int position)
    {
        int end = text.AsSpan(position).IndexOfAnyExcept(text[position]);
        return end < 0 ? text.Length - position : end;
    }
}
