using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using MockOperator.Dashboard.Access;

namespace MockOperator.Dashboard.Pages;

/// <summary>Reads forms within bounds. Files are read as they arrive, and none is before the token of the form is known to be right: it is the first field.</summary>
internal static class FormReading
{
    /// <summary>Most bytes of all fields together.</summary>
    public const int MostFieldBytes = 2 * 1024 * 1024;

    /// <summary>Largest file.</summary>
    public const int LargestFile = 25 * 1024 * 1024;

    private const int MostFields = 500;
    private const int LongestBoundary = 200;

    private const int FewestBytesASecond = 8 * 1024;

    // Each is held in memory until it is judged and stored.
    private static readonly SemaphoreSlim Uploads = new(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Reads the form of a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="isToken">Whether a token is that of the session.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FormFault">It is none, too large, or not of this session.</exception>
    public static async Task<Form> ReadAsync(HttpContext http, Func<string?, bool> isToken, CancellationToken cancellationToken)
    {
        var type = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var parsed) ? parsed : null;
        try
        {
            return type?.MediaType.Value?.ToLowerInvariant() switch
            {
                "application/x-www-form-urlencoded" => await ReadFieldsAsync(http, isToken, cancellationToken),
                "multipart/form-data" => await ReadPartsAsync(http, type, isToken, cancellationToken),
                _ => throw new FormFault(StatusCodes.Status415UnsupportedMediaType, "It was not sent as a form of this site."),
            };
        }
        catch (InvalidDataException)
        {
            throw TooLarge($"It has more than {Show.Bytes(MostFieldBytes)} of text, or more fields than any form here.");
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge($"It is larger than {Show.Bytes(LargestFile)}, the largest file that is taken. `kubectl mock create -f` takes larger ones.");
        }
    }

    private static async Task<Form> ReadFieldsAsync(HttpContext http, Func<string?, bool> isToken, CancellationToken cancellationToken)
    {
        var reader = new FormPipeReader(http.Request.BodyReader) { ValueCountLimit = MostFields, ValueLengthLimit = MostFieldBytes, KeyLengthLimit = 256 };
        var fields = await reader.ReadFormAsync(cancellationToken);
        if (!isToken(fields.TryGetValue(FormToken.Field, out var token) ? token.ToString() : null))
            throw Foreign();
        return new Form(fields);
    }

    private static async Task<Form> ReadPartsAsync(HttpContext http, MediaTypeHeaderValue type, Func<string?, bool> isToken, CancellationToken cancellationToken)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > LongestBoundary)
            throw new FormFault(StatusCodes.Status400BadRequest, "It was not sent as a form of this site.");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = 2L * LargestFile + MostFieldBytes;
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = new MinDataRate(FewestBytesASecond, TimeSpan.FromSeconds(10));

        var fields = new KeyValueAccumulator();
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var reader = new MultipartReader(boundary, http.Request.Body) { HeadersCountLimit = 16 };
        var (known, left) = (false, MostFieldBytes);
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || fields.ValueCount + files.Count >= MostFields)
                throw new InvalidDataException();
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (disposition.IsFileDisposition())
            {
                if (!known)
                    throw Foreign();
                if (files.Count == 0)
                    await TakeTurnAsync(http, cancellationToken);
                files[name] = await ReadAsync(section.Body, LargestFile, name, cancellationToken);
                continue;
            }

            var bytes = await ReadAsync(section.Body, left, null, cancellationToken);
            left -= bytes.Length;
            var text = Encoding.UTF8.GetString(bytes.Span);
            if (name == FormToken.Field)
                known = isToken(text) ? true : throw Foreign();
            fields.Append(name, text);
        }

        if (!known)
            throw Foreign();
        return new Form(fields.GetResults(), files);
    }

    /// <summary>Waits for one of few turns, which lasts until the request ends.</summary>
    private static async Task TakeTurnAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (!await Uploads.WaitAsync(Patience, cancellationToken))
            throw new FormFault(StatusCodes.Status503ServiceUnavailable, "Others are uploading files at this moment, and each takes memory. Nothing was done; send it again in a minute.");
        http.Response.OnCompleted(static () =>
        {
            Uploads.Release();
            return Task.CompletedTask;
        });
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, int most, string? file, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        var piece = new byte[64 * 1024];
        int length;
        while ((length = await body.ReadAsync(piece, cancellationToken)) > 0)
        {
            if (bytes.Length + length > most)
                throw file is null ? new InvalidDataException() : TooLarge($"The file is larger than {Show.Bytes(LargestFile)}, the largest that is taken here. `kubectl mock create -f` takes larger ones.");
            bytes.Write(piece, 0, length);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private static FormFault Foreign() => new(
        StatusCodes.Status403Forbidden,
        "It does not belong to this session: the page was open from before you signed in, or another site sent it. Nothing was done. Open the page again and repeat what you did.");

    private static FormFault TooLarge(string message) => new(StatusCodes.Status413PayloadTooLarge, message);
}
