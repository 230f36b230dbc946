using System.Globalization;
using System.Text;

namespace MockOperator.Cli.Manifests.Schemas;

/// <summary>A place in an object, written as the API server writes it: <c>spec.collection.examples[0].request</c>.</summary>
internal sealed class FieldPath
{
    private readonly FieldPath? _parent;
    private readonly string _step;
    private readonly bool _isIndex;

    private FieldPath(FieldPath? parent, string step, bool isIndex)
    {
        _parent = parent;
        _step = step;
        _isIndex = isIndex;
    }

    /// <summary>The object itself.</summary>
    public static FieldPath Root { get; } = new(null, "", isIndex: false);

    /// <summary>A field of what is here.</summary>
    public FieldPath Field(string name) => new(this, name, isIndex: false);

    /// <summary>An element of the list that is here.</summary>
    public FieldPath Element(int index) => new(this, index.ToString(CultureInfo.InvariantCulture), isIndex: true);

    /// <summary>The same place in an object that is itself at a place.</summary>
    public FieldPath Below(FieldPath place) => _parent is null ? place : new FieldPath(_parent.Below(place), _step, _isIndex);

    /// <summary>Reads a path whose names hold neither dot nor bracket, such as those of the rules beside the schema.</summary>
    public static FieldPath Parse(string text)
    {
        FieldPath path = Root;
        foreach (string step in text.Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
        {
            path = new FieldPath(path, step.TrimEnd(']'), isIndex: step.EndsWith(']'));
        }

        return path;
    }

    /// <summary>Names and indexes from the object on.</summary>
    public IReadOnlyList<string> Steps()
    {
        var steps = new List<string>();
        for (FieldPath step = this; step._parent is not null; step = step._parent)
        {
            steps.Add(step._step);
        }

        steps.Reverse();
        return steps;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (_parent is null)
        {
            return "";
        }

        var text = new StringBuilder(_parent.ToString());
        return _isIndex ? text.Append('[').Append(_step).Append(']').ToString() : text.Append(text.Length == 0 ? "" : ".").Append(_step).ToString();
    }
}
