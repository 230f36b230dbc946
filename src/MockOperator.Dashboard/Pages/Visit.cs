using System.Text.Encodings.Web;
using System.Text.Unicode;
using MockOperator.Client.Connections;
using MockOperator.Dashboard.Access;
using MockOperator.Kubernetes.Abstractions;
using RazorSlices;

namespace MockOperator.Dashboard.Pages;

/// <summary>One request of a caller who is known: what it asks for, and how it is answered.</summary>
internal sealed class Visit(Site site, HttpContext http, Caller caller)
{
    /// <summary>Stands for all namespaces in addresses.</summary>
    public const string AllNamespaces = "*";

    private const string NamespaceCookie = "mock-namespace";
    private const int LongestQuery = 2048;

    // Texts of people are in all scripts; what matters in HTML is escaped all the same.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private Form? _form;

    /// <summary>What all requests share.</summary>
    public Site Site => site;

    /// <summary>The request and its answer.</summary>
    public HttpContext Http => http;

    /// <summary>Who asks.</summary>
    public Caller Caller => caller;

    /// <summary>The cluster as the caller sees it.</summary>
    public MockCluster Cluster => caller.Cluster;

    /// <summary>Ends with the request.</summary>
    public CancellationToken Ends => http.RequestAborted;

    /// <summary>The time.</summary>
    public DateTimeOffset Now => site.Time.GetUtcNow();

    /// <summary>The object that the address names.</summary>
    public ObjectKey Key => new(Route("namespace"), Route("name"));

    /// <summary>The namespace that the caller looks at; empty for all.</summary>
    public string Namespace
    {
        get
        {
            var chosen = Query("namespace");
            if (chosen.Length == 0)
                chosen = http.Request.Cookies[NamespaceCookie] is { } kept && IsNamespace(kept) ? kept : caller.Namespace;
            return chosen == AllNamespaces ? "" : chosen;
        }
    }

    /// <summary>A part of the address.</summary>
    public string Route(string name) => http.Request.RouteValues[name] as string ?? "";

    /// <summary>A parameter of the address without space around it; empty when it is not there.</summary>
    /// <exception cref="FormatException">It is too long.</exception>
    public string Query(string name)
    {
        var value = http.Request.Query[name].ToString().Trim();
        return value.Length <= LongestQuery ? value : throw new FormatException($"The parameter {name} is longer than {LongestQuery} characters.");
    }

    /// <summary>The page of a list that is asked for, 1 for the first.</summary>
    public int PageNumber => int.TryParse(Query("page"), System.Globalization.NumberStyles.None, null, out var page) && page > 0 ? page : 1;

    /// <summary>The form that was sent.</summary>
    /// <exception cref="FormFault">It cannot be read, or is not of this session.</exception>
    public async Task<Form> ReadFormAsync() => _form ??= await FormReading.ReadAsync(http, token => FormToken.IsOf(caller.FormSecret.Span, token), Ends);

    /// <summary>The form, if it has been read.</summary>
    public Form? FormThatWasRead => _form;

    /// <summary>Which of several things the caller may not do.</summary>
    public Task<IReadOnlySet<Act>> MissingAsync(params IReadOnlyList<Act> acts) => site.Rights.MissingAsync(caller, acts, Ends);

    /// <summary>A token for a form of the answer.</summary>
    public string NewToken() => FormToken.Create(caller.FormSecret.Span);

    /// <summary>Answers with a page.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="section">Where it belongs.</param>
    /// <param name="body">Its content.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="namespaceChoice">Where the choice of a namespace leads; null for no choice.</param>
    public async Task ShowAsync(string title, Section section, RazorSlice body, int status = StatusCodes.Status200OK, string? namespaceChoice = null)
    {
        RememberNamespace();
        await SendAsync(http, new Page
        {
            Title = title,
            Section = section,
            Body = body,
            Status = status,
            Assets = site.Assets,
            User = caller.Name,
            CanSignOut = caller.CanSignOut,
            Namespace = Namespace,
            Namespaces = namespaceChoice is null ? null : await site.Namespaces.ListAsync(caller, Ends),
            NamespaceChoice = namespaceChoice,
            Token = NewToken(),
            Notice = Notices.Find(http.Request.Query[Notices.Parameter]),
        });
    }

    /// <summary>Answers with the address of another page, to be read by GET.</summary>
    public Task GoAsync(string address)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = address;
        return Task.CompletedTask;
    }

    /// <summary>Sends a whole page.</summary>
    public static async Task SendAsync(HttpContext http, Page page)
    {
        http.Response.StatusCode = page.Status;
        http.Response.ContentType = "text/html; charset=utf-8";
        if (HttpMethods.IsHead(http.Request.Method))
            return;
        using var document = new Pages_Document { Model = page };
        await document.RenderAsync(http.Response.BodyWriter, Encoder, http.RequestAborted);
    }

    /// <summary>A piece of a page as text.</summary>
    public static async Task<string> RenderAsync(RazorSlice slice, CancellationToken cancellationToken)
    {
        await using var writer = new StringWriter();
        await slice.RenderAsync(writer, Encoder, cancellationToken);
        return writer.ToString();
    }

    private void RememberNamespace()
    {
        var chosen = Query("namespace");
        if (chosen.Length > 0 && IsNamespace(chosen) && http.Request.Cookies[NamespaceCookie] != chosen)
            http.Response.Cookies.Append(NamespaceCookie, chosen, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
    }

    private static bool IsNamespace(string text) =>
        text == AllNamespaces || (text.Length is > 0 and <= 63 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));
}
