namespace MockOperator.Resources;

/// <summary>
/// How a bundle travels over the control channel: <c>PUT /control/v1/bundle?supersedes=REVISION,…</c>. The body is a sequence of frames, each the length of
/// its content (<see cref="LengthBytes"/> bytes, unsigned, big-endian) and then the content: first <see cref="BundleIndex.FileName"/>, then every part as stored, in
/// the order in which the index names them.
/// </summary>
public static class BundleTransfer
{
    /// <summary>Path of the request.</summary>
    public const string Path = "/control/v1/bundle";

    /// <summary>
    /// Query parameter with the revisions that the pushed one replaces, separated by commas. A pod takes a push only if it names what the pod serves, so that a late
    /// one never undoes a newer; and it knows that its files are behind when it finds one of them mounted.
    /// </summary>
    public const string Supersedes = "supersedes";

    /// <summary>Most bytes of the whole body: 2 MiB. A larger bundle reaches pods as files only.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>Bytes of the length that begins a frame.</summary>
    public const int LengthBytes = 4;

    /// <summary>Most revisions that a push may name as replaced.</summary>
    public const int MaxSuperseded = 16;

    /// <summary>Most characters of a revision's name.</summary>
    public const int MaxRevisionLength = 64;
}
