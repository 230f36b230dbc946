using Microsoft.Extensions.Primitives;

namespace MockOperator.Dashboard.Pages;

/// <summary>What was typed into a form, and the files that came with it.</summary>
internal sealed class Form
{
    private readonly IReadOnlyDictionary<string, StringValues> _fields;
    private readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>> _files;

    /// <summary>Makes one.</summary>
    public Form(IReadOnlyDictionary<string, StringValues> fields, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? files = null)
    {
        _fields = fields;
        _files = files ?? new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
    }

    /// <summary>The fields, without the token, to be sent again.</summary>
    public IEnumerable<(string Name, string Value)> Fields =>
        from typed in _fields
        where !typed.Key.StartsWith('_')
        from value in typed.Value
        select (typed.Key, value ?? "");

    /// <summary>A field without space around it; empty when it is not there.</summary>
    public string this[string name] => Raw(name).Trim();

    /// <summary>A field as it was typed, with line ends as Unix has them; empty when it is not there.</summary>
    public string Raw(string name) => _fields.TryGetValue(name, out var value) ? (value.FirstOrDefault() ?? "").ReplaceLineEndings("\n") : "";

    /// <summary>All values of a field as they were typed.</summary>
    public IReadOnlyList<string> All(string name) => _fields.TryGetValue(name, out var value) ? [.. value.Select(v => (v ?? "").ReplaceLineEndings("\n"))] : [];

    /// <summary>Whether a box was ticked.</summary>
    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>A file; null when none was chosen.</summary>
    public ReadOnlyMemory<byte>? File(string name) => _files.TryGetValue(name, out var file) && file.Length > 0 ? file : (ReadOnlyMemory<byte>?)null;
}
