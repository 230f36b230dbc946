using System.Collections.Immutable;
using System.Text;

namespace MockOperator.Mocking.Templating.Requests;

/// <summary>
/// The first argument of a request helper, in the syntax of the npm package <c>object-path</c>: names between dots, a number for an element of a
/// list, <c>\.</c> for a dot inside a name. <c>a[0].b</c> says the same as <c>a.0.b</c>.
/// </summary>
internal sealed class ObjectPath
{
    private ObjectPath(string text, ImmutableArray<ObjectPathStep> steps)
    {
        Text = text;
        Steps = steps;
    }

    /// <summary>The whole argument without the backslashes before dots and brackets: the name of a header or of a field.</summary>
    public string Text { get; }

    /// <summary>The steps from the root; empty for an empty argument, which means the root itself.</summary>
    public ImmutableArray<ObjectPathStep> Steps { get; }

    public static ObjectPath Parse(string argument)
    {
        ImmutableArray<ObjectPathStep>.Builder steps = ImmutableArray.CreateBuilder<ObjectPathStep>();
        StringBuilder text = new();
        StringBuilder name = new();
        bool isAfterIndex = false;
        for (int position = 0; position < argument.Length; position++)
        {
            char character = argument[position];
            if (character == '\\' && position + 1 < argument.Length && argument[position + 1] is '.' or '[' or ']')
            {
                position++;
                name.Append(argument[position]);
                text.Append(argument[position]);
                isAfterIndex = false;
                continue;
            }

            text.Append(character);
            if (character == '.')
            {
                if (!isAfterIndex)
                {
                    steps.Add(new ObjectPathStep(name.ToString(), text.Length - 1));
                }

                name.Clear();
                isAfterIndex = false;
            }
            else if (character == '[' && IndexLength(argument.AsSpan(position + 1)) is > 0 and var length)
            {
                if (name.Length > 0)
                {
                    steps.Add(new ObjectPathStep(name.ToString(), text.Length - 1));
                    name.Clear();
                }

                string index = argument.Substring(position + 1, length);
                steps.Add(new ObjectPathStep(index, text.Append(index).Append(']').Length));
                position += length + 1;
                isAfterIndex = true;
            }
            else
            {
                name.Append(character);
                isAfterIndex = false;
            }
        }

        if (!isAfterIndex && argument.Length > 0)
        {
            steps.Add(new ObjectPathStep(name.ToString(), text.Length));
        }

        return new ObjectPath(text.ToString(), steps.ToImmutable());
    }

    /// <summary>Number of digits before a closing bracket; 0 when there is no index.</summary>
    private static int IndexLength(ReadOnlySpan<char> rest)
    {
        int length = rest.IndexOfAnyExceptInRange('0', '9');
        return length > 0 && rest[length] == ']' ? length : 0;
    }
}
