using Microsoft.AspNetCore.Http;

namespace MockOperator.PostmanApi.Description;

/// <summary>The description of the API by OpenAPI 3.1, at <see cref="Path"/>. It tells nothing of a cluster and needs no key.</summary>
public static class OpenApiDocument
{
    /// <summary>Where it is served.</summary>
    public const string Path = "/openapi.json";

    private static readonly Lazy<byte[]> Content = new(Read);

    /// <summary>The document in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Bytes => Content.Value;

    internal static async Task AnswerAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = Bytes.Length;
        http.Response.Headers["X-Content-Type-Options"] = "nosniff";
        await http.Response.Body.WriteAsync(Bytes, http.RequestAborted);
    }

    private static byte[] Read()
    {
        using var resource = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("openapi.json")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
