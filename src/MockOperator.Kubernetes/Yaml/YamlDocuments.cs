using System.Diagnostics.CodeAnalysis;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MockOperator.Kubernetes.Yaml;

/// <summary>
/// Turns a stream of YAML documents into JSON as kubectl does (sigs.k8s.io/yaml upon go-yaml v2, which is YAML 1.1 for plain scalars), by the parser's events: no reflection, and bounded in depth
/// and in what aliases can blow up. Unlike kubectl, which takes the last of two equal keys, it refuses them.
/// </summary>
public sealed class YamlDocuments
{
    /// <summary>Deepest nesting, which is also what the resources are read with.</summary>
    public const int MaxDepth = 128;

    /// <summary>Most nodes, those that aliases stand for counted as often as they are written.</summary>
    public const int MaxNodes = 4_000_000;

    private readonly Parser _parser;

    private YamlDocuments(TextReader text) => _parser = new Parser(text);

    /// <summary>Converts all documents; empty ones are left out.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="documents">The documents, in order.</param>
    /// <param name="problem">What is wrong and in which line.</param>
    public static bool TryRead(TextReader text, [NotNullWhen(true)] out List<YamlDocument>? documents, [NotNullWhen(false)] out string? problem)
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

    /// <summary>A fault at a node.</summary>
    internal static YamlException Fault(YamlItem at, string message)
    {
        var place = new Mark(0, at.Line, at.Column);
        return new YamlException(place, place, message);
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

    private List<YamlDocument> ReadAll()
    {
        var documents = new List<YamlDocument>();
        int nodes = 0;
        while (MoveNext())
        {
            if (_parser.Current is DocumentStart)
            {
                YamlItem root = ReadDocument(ref nodes);
                if (root is not YamlText { IsPlain: true, Value: "" })
                {
                    documents.Add(new YamlDocument(root, YamlJson.Write(root)));
                }
            }
        }

        return documents;
    }

    /// <summary>Takes one document off the parser.</summary>
    private YamlItem ReadDocument(ref int nodes)
    {
        var composer = new YamlComposer();
        while (true)
        {
            if (!MoveNext() || _parser.Current is not { } current)
            {
                throw new YamlException("The document ends too early.");
            }

            if (++nodes > MaxNodes)
            {
                throw new YamlException(current.Start, current.End, "The file is too large.");
            }

            if (composer.Take(current) is { } root)
            {
                return root;
            }
        }
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
}
