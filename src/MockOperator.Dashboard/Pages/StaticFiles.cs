using System.IO.Compression;
using System.Security.Cryptography;

namespace MockOperator.Dashboard.Pages;

/// <summary>The stylesheet, the script and the icon: inside the program, compressed once, at addresses that name their content, so that browsers keep them.</summary>
internal sealed class StaticFiles
{
    private readonly Dictionary<string, (byte[] Plain, byte[] Compressed, string Type)> _files = new(StringComparer.Ordinal);

    /// <summary>Reads them out of the program.</summary>
    public StaticFiles()
    {
        Style = Add("site.css", "text/css; charset=utf-8");
        Script = Add("site.js", "text/javascript; charset=utf-8");
        Icon = Add("icon.svg", "image/svg+xml");
    }

    /// <summary>Address of the stylesheet.</summary>
    public string Style { get; }

    /// <summary>Address of the script.</summary>
    public string Script { get; }

    /// <summary>Address of the icon.</summary>
    public string Icon { get; }

    /// <summary>Answers a request for one.</summary>
    /// <param name="http">The request.</param>
    public Task SendAsync(HttpContext http)
    {
        if (!_files.TryGetValue(http.Request.Path.Value ?? "", out var file))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var compressed = http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        var bytes = compressed ? file.Compressed : file.Plain;
        http.Response.ContentType = file.Type;
        http.Response.ContentLength = bytes.Length;
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.Vary = "Accept-Encoding";
        if (compressed)
            http.Response.Headers.ContentEncoding = "br";
        return http.Response.Body.WriteAsync(bytes, 0, bytes.Length, http.RequestAborted);
    }

    private string Add(string name, string type)
    {
        using var stream = typeof(StaticFiles).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the program.");
        var plain = new byte[stream.Length];
        stream.ReadExactly(plain);
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize))
            brotli.Write(plain);
        var address = $"/assets/{Convert.ToHexStringLower(SHA256.HashData(plain))[..16]}/{name}";
        _files[address] = (plain, compressed.ToArray(), type);
        return address;
    }
}
