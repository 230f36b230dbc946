using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MockOperator.Kubernetes.Yaml;

/// <summary>Puts the nodes of one document together from the parser's events. Aliases become the node that they stand for, without a copy; merge keys become the entries that they bring.</summary>
internal sealed class YamlComposer
{
    private readonly Dictionary<string, YamlItem> _anchors = new(StringComparer.Ordinal);
    private readonly Stack<Open> _open = new();
    private int _merged;

    /// <summary>Takes the next event.</summary>
    /// <returns>The document's node once it is whole.</returns>
    /// <exception cref="YamlException">It cannot be read as kubectl reads it, is nested too deeply, or refers to what is not there.</exception>
    public YamlItem? Take(ParsingEvent current)
    {
        switch (current)
        {
            case AnchorAlias alias:
                return _anchors.TryGetValue(alias.Value.Value, out YamlItem? meant)
                    ? Add(meant, current)
                    : throw new YamlException(current.Start, current.End, $"The alias *{alias.Value.Value} has no anchor before it.");
            case Scalar scalar:
                var text = new YamlText(scalar.Start.Line, scalar.Start.Column, scalar.Value, TagOf(scalar), scalar.Style == ScalarStyle.Plain && !scalar.Tag.IsNonSpecific);
                return Add(Named(scalar, text), current);
            case MappingStart or SequenceStart:
                _open.Push(new Open((NodeEvent)current));
                return _open.Count <= YamlDocuments.MaxDepth
                    ? null
                    : throw new YamlException(current.Start, current.End, $"The document is nested deeper than {YamlDocuments.MaxDepth} levels.");
            case MappingEnd or SequenceEnd:
                Open closed = _open.Pop();
                if (closed.Key is not null)
                {
                    // The parser lets some texts through that end a mapping after a key.
                    throw new YamlException(current.Start, current.End, "A key has no value.");
                }

                return Add(Named(closed.Start, closed.ToItem()), current);
            default:
                // Comments and the like.
                return null;
        }
    }

    private static string TagOf(NodeEvent node) => node.Tag.IsEmpty || node.Tag.IsNonSpecific ? "" : node.Tag.Value;

    private YamlItem Named(NodeEvent node, YamlItem item)
    {
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor.Value] = item;
        }

        return item;
    }

    private YamlItem? Add(YamlItem item, ParsingEvent current)
    {
        if (!_open.TryPeek(out Open? parent))
        {
            return item;
        }

        if (parent.Items is { } items)
        {
            items.Add(item);
        }
        else if (parent.Key is not { } key)
        {
            parent.Key = item as YamlText ?? throw new YamlException(current.Start, current.End, "A key must be a text.");
        }
        else
        {
            parent.Key = null;
            if (key is { Value: "<<", IsPlain: true, Tag: "" or "tag:yaml.org,2002:merge" })
            {
                Merge(key, item, parent);
            }
            else
            {
                parent.Set(key, YamlScalar.NameOf(key), item);
            }
        }

        return null;
    }

    /// <summary>Brings the entries of another mapping, or of several, of which the first counts most (https://yaml.org/type/merge.html). As in kubectl, what comes later in the mapping wins.</summary>
    private void Merge(YamlText key, YamlItem item, Open into)
    {
        IEnumerable<YamlItem> sources = item is YamlList list ? list.Items.Reverse() : [item];
        foreach (YamlItem source in sources)
        {
            YamlMap map = source as YamlMap ?? throw YamlDocuments.Fault(key, "map merge requires map or sequence of maps as the value");
            _merged += map.Entries.Count;
            if (_merged > YamlDocuments.MaxNodes)
            {
                throw YamlDocuments.Fault(key, "The document is too large once its merge keys are followed.");
            }

            foreach ((string name, YamlEntry entry) in map.Entries)
            {
                into.Entries![name] = entry;
            }
        }
    }

    private sealed class Open(NodeEvent start)
    {
        private readonly HashSet<string> _said = new(StringComparer.Ordinal);

        public NodeEvent Start => start;

        public List<YamlItem>? Items { get; } = start is SequenceStart ? [] : null;

        public OrderedDictionary<string, YamlEntry>? Entries { get; } = start is MappingStart ? new(StringComparer.Ordinal) : null;

        public YamlText? Key { get; set; }

        public void Set(YamlText key, string name, YamlItem value)
        {
            if (!_said.Add(name))
            {
                throw YamlDocuments.Fault(key, $"key \"{name}\" already set in map");
            }

            Entries![name] = new YamlEntry(key.Line, value);
        }

        public YamlItem ToItem() => Items is not null
            ? new YamlList(start.Start.Line, start.Start.Column, Items)
            : new YamlMap(start.Start.Line, start.Start.Column, Entries!);
    }
}
