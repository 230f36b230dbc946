using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using MockOperator.Kubernetes.Yaml;

namespace MockOperator.Cli.Reports;

/// <summary>A support archive while it is written: a compressed tar whose files lie in one folder. What goes in is redacted here and nowhere else.</summary>
internal sealed class ReportArchive : IAsyncDisposable
{
    /// <summary>Most bytes of all files together.</summary>
    public const long Longest = 128L * 1024 * 1024;

    private readonly TarWriter _tar;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private long _length;

    /// <summary>Begins one.</summary>
    /// <param name="output">Where to; closed with the archive.</param>
    /// <param name="folder">Name of the folder in it.</param>
    /// <param name="time">The clock of the files.</param>
    public ReportArchive(Stream output, string folder, TimeProvider time)
    {
        _tar = new TarWriter(new GZipStream(output, CompressionLevel.Optimal), TarEntryFormat.Pax);
        (_folder, _time) = (folder, time);
    }

    /// <summary>Files that were written.</summary>
    public int Files { get; private set; }

    /// <summary>Whether files were left out because there was too much.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Adds an object as YAML.</summary>
    public async Task AddAsync(string path, JsonNode content, CancellationToken cancellationToken)
    {
        Redaction.Apply(content);
        using var yaml = new StringWriter();
        YamlWriter.Write(yaml, Encoding.UTF8.GetBytes(content.ToJsonString()));
        await WriteAsync(path, yaml.ToString(), cancellationToken);
    }

    /// <summary>Adds lines of text.</summary>
    public Task AddAsync(string path, string text, CancellationToken cancellationToken)
    {
        var redacted = new StringBuilder(text.Length);
        foreach (var line in text.AsSpan().EnumerateLines())
            redacted.Append(Redaction.Text(line.ToString())).Append('\n');
        return WriteAsync(path, redacted.ToString(), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _tar.DisposeAsync();

    private async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (_length + bytes.Length > Longest)
        {
            IsFull = true;
            return;
        }

        _length += bytes.Length;
        Files++;
        using var data = new MemoryStream(bytes);
        await _tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, $"{_folder}/{path}") { DataStream = data, ModificationTime = _time.GetUtcNow(), Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite },
            cancellationToken);
    }
}
