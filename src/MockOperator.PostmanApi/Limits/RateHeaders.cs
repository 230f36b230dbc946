using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MockOperator.PostmanApi.Limits;

/// <summary>Tells callers how many requests are left, in all the spellings that Postman has.</summary>
internal static class RateHeaders
{
    public static void Write(IHeaderDictionary headers, RateVerdict verdict, DateTimeOffset now)
    {
        var wait = Math.Max(1, (long)Math.Ceiling((verdict.ResetsAt - now).TotalSeconds));
        var limit = Text(verdict.Limit);
        var remaining = Text(verdict.Remaining);
        var resetsAt = Text((long)Math.Ceiling(verdict.ResetsAt.ToUnixTimeMilliseconds() / 1000.0));
        headers["RateLimit"] = $"limit={limit}, remaining={remaining}, reset={Text(wait)}";
        headers["RateLimit-Policy"] = $"{limit};w={Text((long)verdict.Window.TotalSeconds)}";
        headers["RateLimit-Limit"] = headers["X-RateLimit-Limit"] = limit;
        headers["RateLimit-Remaining"] = headers["X-RateLimit-Remaining"] = remaining;
        headers["RateLimit-Reset"] = headers["X-RateLimit-Reset"] = resetsAt;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
