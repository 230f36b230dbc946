namespace MockOperator.Mocking.Collections;

/// <summary>
/// Bounds on what is read from one document. What goes beyond a bound is skipped and reported, so that a hostile document costs neither unbounded
/// memory nor unbounded time.
/// </summary>
public sealed record LoadLimits
{
    private const int MaximumFolderDepth = 500;

    private readonly int folderDepth = 64;

    /// <summary>The limits used when none are given.</summary>
    public static LoadLimits Default { get; } = new();

    /// <summary>Size of a document in bytes. Default 32 MiB; a larger one is not read at all.</summary>
    public int DocumentBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Nesting of JSON arrays and objects, of any meaning. Default 10,000; a deeper document is not read at all.</summary>
    public int JsonDepth { get; init; } = 10_000;

    /// <summary>Nesting of folders, 1 to 500. Default 64; deeper folders are skipped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 500.</exception>
    public int FolderDepth
    {
        get => folderDepth;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaximumFolderDepth);
            folderDepth = value;
        }
    }

    /// <summary>Folders and requests in one document. Default 200,000; those after it are skipped.</summary>
    public int Items { get; init; } = 200_000;

    /// <summary>Examples in one document. Default 50,000, more than 25 MB hold in the form that Postman exports; those after it are skipped.</summary>
    public int Examples { get; init; } = 50_000;

    /// <summary>
    /// Length of a URL in characters. Default 65,536, far above the request line that any HTTP server accepts: an example with a longer URL could never be
    /// asked for, and is skipped.
    /// </summary>
    public int UrlLength { get; init; } = 65_536;

    /// <summary>Enabled headers of one request or response. Default 512; those after it are skipped.</summary>
    public int Headers { get; init; } = 512;

    /// <summary>Length of a header's name and value together, in characters. Default 65,536; a longer header is skipped.</summary>
    public int HeaderLength { get; init; } = 65_536;

    /// <summary>Fields of one form body, and query parameters of one URL. Default 10,000; those after it are skipped.</summary>
    public int Fields { get; init; } = 10_000;

    /// <summary>Issues that are kept with place and message. Default 1,000; the others are only counted.</summary>
    public int Issues { get; init; } = 1_000;
}
