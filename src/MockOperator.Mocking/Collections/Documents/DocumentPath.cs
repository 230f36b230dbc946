using System.Globalization;
using System.Text;

namespace MockOperator.Mocking.Collections.Documents;

/// <summary>
/// Where a value stands in its document: <c>item[3].response[0].originalRequest.url</c>. A chain that shares its beginning with all places next to it, and is
/// written out only when somebody asks: with folders sixty deep, the texts would be larger than the examples.
/// </summary>
internal sealed class DocumentPath
{
    private readonly DocumentPath? parent;
    private readonly string? name;
    private readonly int index;

    private DocumentPath(DocumentPath? parent, string? name, int index)
    {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    /// <summary>The document itself; written as <c>$</c>.</summary>
    public static DocumentPath Root { get; } = new(null, null, -1);

    /// <summary>The property of that name.</summary>
    public DocumentPath Property(string propertyName) => new(this, propertyName, -1);

    /// <summary>The element at that index, from 0.</summary>
    public DocumentPath Element(int elementIndex) =>
        name is not null && index < 0 ? new(parent, name, elementIndex) : new(this, null, elementIndex);

    /// <summary>The path as users read it.</summary>
    public override string ToString()
    {
        if (parent is null)
        {
            return "$";
        }

        var steps = new Stack<DocumentPath>();
        for (DocumentPath path = this; path.parent is not null; path = path.parent)
        {
            steps.Push(path);
        }

        var text = new StringBuilder();
        foreach (DocumentPath step in steps)
        {
            if (step.name is not null)
            {
                text.Append(text.Length > 0 ? "." : "").Append(step.name);
            }

            if (step.index >= 0)
            {
                text.Append('[').Append(step.index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
        }

        return text.ToString();
    }
}
