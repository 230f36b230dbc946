using System.Text;
using MockOperator.Cli.Manifests.Schemas;

namespace MockOperator.Cli.Manifests;

/// <summary>Names of mocks: DNS labels, since they become host names (RFC 1123 §2.1).</summary>
internal static class MockName
{
    /// <summary>Derives a name from a file: <c>My API.postman_collection.json</c> becomes <c>my-api</c>.</summary>
    public static string FromFile(string path)
    {
        string stem = Path.GetFileName(path);
        int ending = stem.LastIndexOf(".postman_collection", StringComparison.OrdinalIgnoreCase) is var postman and > 0 ? postman : stem.LastIndexOf('.');
        stem = ending < 0 ? stem : stem[..ending];
        var name = new StringBuilder(stem.Length);
        foreach (char character in stem.ToLowerInvariant())
        {
            bool allowed = char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character);
            if (allowed || (name.Length > 0 && name[^1] != '-'))
            {
                name.Append(allowed ? character : '-');
            }
        }

        string label = name.ToString(0, Math.Min(name.Length, DnsLabel.MaxLength)).Trim('-');
        return label.Length == 0 ? "mock" : label;
    }
}
