using System.Text;
using MockOperator.Fuzzing.Engine;
using MockOperator.Kubernetes.Yaml;

namespace MockOperator.Fuzzing.Targets;

/// <summary>YAML as files on a developer's machine hold it.</summary>
internal sealed class YamlTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "yaml";

    /// <inheritdoc/>
    public override int MaxLength => 4 * 1024;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words =>
    [
        "---\n", "...\n", "- ", "? ", ": ", "&a ", "*a", "!!str ", "!<tag:x> ", "|\n  ", ">-\n  ", "<<: ", "<<: *a\n", "<<: [*a, *a]\n", "0b1", "017", "off", "# ", "%YAML 1.2\n", "@", "`", "'", "~", ".inf", "0x1F", "0o17", "1_000", "yes", "2001-01-01", "\\x41", "\\U0001F600", "\"\\uD800\"", "- - - ", "{a: ", "[[",
    ];

    /// <summary>Aliases may be followed up to 4,000,000 events.</summary>
    public override long MostAllocated(int length) => (2048L * 1024 * 1024) + (64L * 1024 * length);

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => ((string[])
    [
        "a: &a {b: 1}\nc: {<<: *a, d: off, 0x10: 017, e: !!binary aGk=}\n",
        "a: 1\nb: [x, 'y', \"z\"]\nc: {d: ~, e: .inf}\n---\n- |\n  text\n  more\n- >-\n  folded\n",
        "a: &a {b: 1}\nc: *a\nd: [*a, *a]\n? key\n: value\n",
        "%YAML 1.2\n---\n!!map {a: !!str 1, b: !<tag:yaml.org,2002:int> 2}\n...\n",
    ]).Select(SeedFiles.Text).Concat(ManifestTarget.Samples());

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        using var text = new StreamReader(new MemoryStream(input), Encoding.UTF8);
        if (YamlDocuments.TryRead(text, out List<YamlDocument>? documents, out string? problem))
        {
            foreach (YamlDocument document in documents)
            {
                Promises.IsJson(document.Json.Span);
            }
        }
        else
        {
            Violation.Unless(problem.Length > 0, "A problem is told.");
        }
    }
}
