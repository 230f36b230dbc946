using System.Text;

namespace MockOperator.Mocking.Templating.Requests;

/// <summary>One step of an <see cref="ObjectPath"/>.</summary>
internal sealed class ObjectPathStep
{
    private const int MaxIndexDigits = 9;

    public ObjectPathStep(string name, int end)
    {
        Utf8 = Encoding.UTF8.GetBytes(name);
        End = end;
        Index = name.Length is > 0 and <= MaxIndexDigits && name.All(char.IsAsciiDigit) ? int.Parse(name) : -1;
    }

    /// <summary>Name of a property.</summary>
    public byte[] Utf8 { get; }

    /// <summary>Index of an element; −1 when the step is no number.</summary>
    public int Index { get; }

    /// <summary>Where the step ends in the text of its path.</summary>
    public int End { get; }
}
