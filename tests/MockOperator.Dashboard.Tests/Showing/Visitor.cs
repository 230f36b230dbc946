using System.Net;
using System.Text.RegularExpressions;

namespace MockOperator.Dashboard.Tests.Showing;

/// <summary>A browser without JavaScript: keeps cookies, follows no redirects by itself, and fills in forms that it has seen.</summary>
internal sealed partial class Visitor(Uri url) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = url };

    /// <summary>Its cookies by name.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Headers that it sends with everything.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.Ordinal);

    /// <summary>The last answer's cookies, as they were sent.</summary>
    public IReadOnlyList<string> SetCookies { get; private set; } = [];

    /// <summary>The token of the last form that was seen.</summary>
    public string Token { get; set; } = "";

    public async Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, headers);
    }

    /// <summary>Sends a form, as a page of the same origin does.</summary>
    public Task<Answer> PostAsync(string path, params (string Name, string Value)[] fields) => PostAsync(path, [("Sec-Fetch-Site", "same-origin")], fields);

    public async Task<Answer> PostAsync(string path, (string Name, string Value)[] headers, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        var content = fields.Any(field => field.Name == "_token") ? fields : [("_token", Token), .. fields];
        request.Content = new FormUrlEncodedContent(content.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await SendAsync(request, headers);
    }

    /// <summary>Sends a form with a file.</summary>
    public async Task<Answer> UploadAsync(string path, byte[] file, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        using var content = new MultipartFormDataContent { { new StringContent(Token), "_token" } };
        foreach (var (name, value) in fields)
            content.Add(new StringContent(value), name);
        content.Add(new ByteArrayContent(file), "file", "export.json");
        request.Content = content;
        return await SendAsync(request, [("Sec-Fetch-Site", "same-origin")]);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Answer> SendAsync(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        if (Cookies.Count > 0)
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        foreach (var (name, value) in Headers.Select(header => (header.Key, header.Value)).Concat(headers))
        {
            if (name == "Host")
                request.Headers.Host = value;
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        SetCookies = response.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [];
        foreach (var cookie in SetCookies)
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0 || cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
                Cookies.Remove(pair[0]);
            else
                Cookies[pair[0]] = pair[1];
        }

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (FormField().Match(body) is { Success: true } token)
            Token = token.Groups["token"].Value;
        if ((int)response.StatusCode >= 400)
            TestContext.Current.TestOutputHelper?.WriteLine($"{request.Method} {request.RequestUri}: {(int)response.StatusCode} {Alert().Match(body)}");
        return new Answer((int)response.StatusCode, body, response.Headers.Location?.ToString(), response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    [GeneratedRegex("""name="_token" value="(?<token>[^"]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex FormField();

    [GeneratedRegex("""<div class="alert bad" role="alert".*?</div>""", RegexOptions.Singleline)]
    private static partial Regex Alert();

    internal sealed record Answer(int Status, string Body, string? Location, IReadOnlyDictionary<string, string> Headers);
}
