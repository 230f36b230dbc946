using k8s.Models;
using Microsoft.AspNetCore.WebUtilities;
using MockOperator.Client.Connections;
using MockOperator.Dashboard.Access;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Dashboard.Pages;

/// <summary>What is shown to somebody who is not known, and how callers with tokens become known.</summary>
internal static class SignIn
{
    private const string KeptPrefix = "kept.";
    private const int MostKept = 200;
    private const string CookieRefused = "The token is right, but this browser kept no cookie: some, Safari among them, keep none over http. Open the dashboard over https, or http://localhost in Chrome or Firefox, or run kubectl mock dashboard.";

    /// <summary>Says that nobody is known, and how to be. What a form had brought is kept in the page, and sent again after the sign-in if the caller says so.</summary>
    public static async Task AskAsync(Site site, HttpContext http, Fault? fault, Form? form = null)
    {
        if (http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var isPost = HttpMethods.IsPost(http.Request.Method);
        var address = isPost ? http.Request.Path.Value! : http.Request.Path + http.Request.QueryString;
        var kept = isPost && site.Access.TakesTokens ? form?.Fields.Take(MostKept).ToList() ?? await FieldsAsync(http) : [];
        await ShowAsync(site, http, new SignInForm(address, isPost, kept, fault?.Message ?? (SessionCookie.WasRefused(http) ? CookieRefused : null), Kind(site)), StatusCodes.Status401Unauthorized);
    }

    /// <summary>Takes a token.</summary>
    public static async Task TakeAsync(Site site, TokenAccess access, HttpContext http)
    {
        var fields = await FieldsAsync(http);
        var token = Find(fields, "token").Trim();
        if (token.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            token = token[7..].Trim();
        var isPost = Find(fields, "method") == "post";
        var address = LocalAddress(Find(fields, "return"));
        var kept = fields.Where(field => field.Name.StartsWith(KeptPrefix, StringComparison.Ordinal)).Select(field => (field.Name[KeptPrefix.Length..], field.Value)).Take(MostKept).ToList();

        var why = await RefusalAsync(access, token, http.RequestAborted);
        using var caller = why is null ? access.Begin(http, token) : null;
        if (caller is null)
        {
            await ShowAsync(site, http, new SignInForm(address, isPost, kept, why ?? "The token is over, or longer than cookies can hold. Make a new one.", Kind(site)), StatusCodes.Status401Unauthorized);
            return;
        }

        if (!isPost)
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = address;
            return;
        }

        await new Visit(site, http, caller).ShowAsync("Signed in", Section.None, new Pages_SendAgain { Model = new KeptForm(address, kept, FormToken.Create(caller.FormSecret.Span)) });
    }

    private static SignInKind Kind(Site site) => site.Access switch
    {
        LocalAccess => SignInKind.OneTimeAddress,
        TokenAccess { TrustedHeader: not null } => SignInKind.Proxy,
        _ => SignInKind.Token,
    };

    private static async Task<string?> RefusalAsync(TokenAccess access, string token, CancellationToken cancellationToken)
    {
        if (token.Length == 0)
            return "Paste a token.";
        if (!BearerToken.IsWellFormed(token, TokenAccess.LongestToken))
            return "That is no token: it has spaces or line ends in it, or is longer than 12 KiB. Paste exactly what `kubectl create token` printed.";
        using var cluster = access.Try(token);
        try
        {
            // Everybody who is known may ask this.
            await cluster.Api.CreateAsync(
                new V1SelfSubjectAccessReview
                {
                    Metadata = new V1ObjectMeta(),
                    Spec = new V1SelfSubjectAccessReviewSpec { ResourceAttributes = new V1ResourceAttributes { Verb = "list", Group = "mockoperator.dev", Resource = "mockservers" } },
                },
                cancellationToken);
            return null;
        }
        catch (ApiException e) when (e.Code == System.Net.HttpStatusCode.Unauthorized)
        {
            return "The API server does not know this token: it is wrong, has expired, or is for another cluster. Make a new one.";
        }
        catch (ApiException e)
        {
            return Fault.Of(e)!.Message;
        }
    }

    private static async Task<List<(string Name, string Value)>> FieldsAsync(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            return [];
        try
        {
            var reader = new FormPipeReader(http.Request.BodyReader) { ValueCountLimit = 500, ValueLengthLimit = FormReading.MostFieldBytes, KeyLengthLimit = 256 };
            var fields = await reader.ReadFormAsync(http.RequestAborted);
            return [.. fields.Where(field => field.Key != FormToken.Field).SelectMany(field => field.Value.Select(value => (field.Key, value ?? ""))).Take(MostKept)];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private static Task ShowAsync(Site site, HttpContext http, SignInForm form, int status) =>
        Visit.SendAsync(http, new Page { Title = "Sign in", Body = new Pages_SignIn { Model = form }, Status = status, Assets = site.Assets });

    private static string Find(List<(string Name, string Value)> fields, string name) => fields.FirstOrDefault(field => field.Name == name).Value ?? "";

    /// <summary>An address of this site alone: whoever made the link, nobody is led elsewhere.</summary>
    private static string LocalAddress(string address) =>
        address.Length > 1 && address[0] == '/' && address[1] is not ('/' or '\\') && !address.Any(c => char.IsControl(c) || c == '\\') ? address : Links.Mocks;
}
