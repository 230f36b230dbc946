using System.Diagnostics.CodeAnalysis;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MockOperator.Runtime.Manifests;

/// <summary>
/// Turns a stream of YAML documents into JSON, event by event: no reflection, and bounded in depth and in what aliases can blow up.
/// </summary>
internal sealed class YamlDocuments
{
    /// <summary>Deepest nesting, which is also what the resources are read with.</summary>
    public const int MaxDepth = 128;
    private const int MaxEvents = 4_000_000;
    private readonly Dictionary<string, List<ParsingEvent>> _anchors = new(StringComparer.Ordinal);
    private readonly Parser _parser;
    private int _events;

    private YamlDocuments(TextReader text) => _parser = new Parser(text);

    /// <summary>Converts all documents; empty ones are left out.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="documents">JSON, in order.</param>
    /// <param name="problem">What is wrong and in which line.</param>
    public static bool TryRead(TextReader text, [NotNullWhen(true)] out List<ReadOnlyMemory<byte>>? documents, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            documents = new YamlDocuments(Ended(text)).ReadAll();
            problem = null;
            return true;
        }
        catch (YamlException broken)
        {
            documents = null;
            problem = $"line {broken.Start.Line}, column {broken.Start.Column}: {broken.Message}";
            return false;
        }
    }

    /// <summary>
    /// Ends the last line when it begins as a directive. Where the length of the text is a multiple of its buffer's, the parser looks for ever for the end of a directive that it does not know.
    /// </summary>
    private static StringReader Ended(TextReader text)
    {
        string whole = text.ReadToEnd();
        int last = whole.AsSpan().LastIndexOfAny("\r\n\u0085\u2028\u2029") + 1;
        return new StringReader(last < whole.Length && whole[last] == '%' ? whole + '\n' : whole);
    }

    private List<ReadOnlyMemory<byte>> ReadAll()
    {
        var documents = new List<ReadOnlyMemory<byte>>();
        while (MoveNext())
        {
            if (_parser.Current is DocumentStart)
            {
                _anchors.Clear();
                List<ParsingEvent> node = ReadNode();
                if (node is not [Scalar { Style: ScalarStyle.Plain, Value: "" }])
                {
                    documents.Add(YamlNode.ToJson(node));
                }
            }
        }

        return documents;
    }

    /// <summary>Takes one node with everything in it off the parser, aliases replaced by what they stand for.</summary>
    private List<ParsingEvent> ReadNode()
    {
        var node = new List<ParsingEvent>();
        var open = new Stack<(string Anchor, int Start)>();
        int depth = 0;
        do
        {
            if (!MoveNext() || _parser.Current is not { } current)
            {
                throw new YamlException("The document ends too early.");
            }

            if (current is AnchorAlias alias)
            {
                if (!_anchors.TryGetValue(alias.Value.Value, out List<ParsingEvent>? meant))
                {
                    throw new YamlException(current.Start, current.End, $"The alias *{alias.Value.Value} has no anchor before it.");
                }

                Bound(current, meant.Count);
                node.AddRange(meant);
                continue;
            }

            Bound(current, 1);
            node.Add(current);
            string anchor = current is NodeEvent { Anchor: { IsEmpty: false } named } ? named.Value : "";
            switch (current)
            {
                case MappingStart or SequenceStart:
                    open.Push((anchor, node.Count - 1));
                    depth++;
                    break;
                case MappingEnd or SequenceEnd:
                    (string closed, int start) = open.Pop();
                    depth--;
                    Remember(closed, node, start);
                    break;
                default:
                    Remember(anchor, node, node.Count - 1);
                    break;
            }

            if (depth > MaxDepth)
            {
                throw new YamlException(current.Start, current.End, $"The document is nested deeper than {MaxDepth} levels.");
            }
        }
        while (depth > 0);
        return node;
    }

    private bool MoveNext()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception fault) when (fault is not YamlException)
        {
            // What the parser makes of a text it does not judge itself: a tag that is no URI, for one.
            Mark place = _parser.Current?.End ?? Mark.Empty;
            throw new YamlException(place, place, fault.Message, fault);
        }
    }

    private void Remember(string anchor, List<ParsingEvent> node, int start)
    {
        if (anchor.Length > 0)
        {
            _anchors[anchor] = node[start..];
        }
    }

    private void Bound(ParsingEvent current, int count)
    {
        _events += count;
        if (_events > MaxEvents)
        {
            throw new YamlException(current.Start, current.End, "The document is too large once its aliases are followed.");
        }
    }
}
