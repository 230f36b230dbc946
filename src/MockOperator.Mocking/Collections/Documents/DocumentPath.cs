using System.Globalization;
using System.Text;

namespace MockOperator.Mocking.Collections.Documents;

/// <summary>Where a value stands in its document: <c>item[3].response[0].originalRequest.url</c>. Written out only when an issue or an example needs it.</summary>
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
    public DocumentPath Element(int elementIndex) => new(this, null, elementIndex);

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
            if (step.name is null)
            {
                text.Append('[').Append(step.index.ToString(CultureInfo.InvariantCulture)).Append(']');
                continue;
            }

            if (text.Length > 0)
            {
                text.Append('.');
            }

            text.Append(step.name);
        }

        return text.ToString();
    }
}
