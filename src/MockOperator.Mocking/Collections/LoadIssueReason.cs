namespace MockOperator.Mocking.Collections;

/// <summary>The closed set of words in <see cref="MockOperator.Resources.LoadIssue.Reason"/>. They are stable: alerts and scripts may rely on them.</summary>
public static class LoadIssueReason
{
    /// <summary>The document has no content.</summary>
    public const string Empty = nameof(Empty);

    /// <summary>The document is in UTF-16 or UTF-32.</summary>
    public const string NotUtf8 = nameof(NotUtf8);

    /// <summary>The document, or JSON text inside it, is not well-formed JSON.</summary>
    public const string NotJson = nameof(NotJson);

    /// <summary>The document is JSON of another kind: nothing in it says what to serve.</summary>
    public const string NotACollection = nameof(NotACollection);

    /// <summary>The document is JSON of another kind: nothing in it says what the variables are.</summary>
    public const string NotAnEnvironment = nameof(NotAnEnvironment);

    /// <summary>The schema named is none of v2.1.0, v2.0.0 and v1; it is read by its shape.</summary>
    public const string UnknownSchema = nameof(UnknownSchema);

    /// <summary>Document, URL or header is beyond its limit of size.</summary>
    public const string TooLarge = nameof(TooLarge);

    /// <summary>JSON or folders are nested beyond the limit.</summary>
    public const string TooDeep = nameof(TooDeep);

    /// <summary>There are more items, examples, headers or fields than the limit allows.</summary>
    public const string TooMany = nameof(TooMany);

    /// <summary>A value has another JSON type than its place asks for.</summary>
    public const string WrongType = nameof(WrongType);

    /// <summary>A text holds half a surrogate pair or broken UTF-8; U+FFFD stands in for it.</summary>
    public const string InvalidUnicode = nameof(InvalidUnicode);

    /// <summary>There are requests, but no saved example, so that nothing can be answered.</summary>
    public const string NoExamples = nameof(NoExamples);

    /// <summary>An example carries no request of its own; that of the item it belongs to is used.</summary>
    public const string ParentRequestUsed = nameof(ParentRequestUsed);

    /// <summary>An example has no request, neither of its own nor of an item it belongs to.</summary>
    public const string MissingRequest = nameof(MissingRequest);

    /// <summary>The request of an example has no URL.</summary>
    public const string MissingUrl = nameof(MissingUrl);

    /// <summary>The URL of an example is the empty text; it answers <c>/</c>.</summary>
    public const string EmptyUrl = nameof(EmptyUrl);

    /// <summary>A native example has no path, or one that does not start with a slash.</summary>
    public const string InvalidPath = nameof(InvalidPath);

    /// <summary>The method is not an HTTP token.</summary>
    public const string InvalidMethod = nameof(InvalidMethod);

    /// <summary>The status is missing, or is no whole number from 200 to 599.</summary>
    public const string InvalidStatus = nameof(InvalidStatus);

    /// <summary>The name or value of a header cannot be sent in HTTP.</summary>
    public const string InvalidHeader = nameof(InvalidHeader);

    /// <summary>The header describes the connection or the length, which the server that answers decides.</summary>
    public const string IgnoredHeader = nameof(IgnoredHeader);

    /// <summary>A body cannot be decoded: bad base64, or bytes out of range.</summary>
    public const string InvalidBody = nameof(InvalidBody);

    /// <summary>The mode of a request body is unknown; the body is never equal to another.</summary>
    public const string UnknownBodyMode = nameof(UnknownBodyMode);

    /// <summary>More than one of the ways to give a body is used.</summary>
    public const string ConflictingBodies = nameof(ConflictingBodies);

    /// <summary>The delay is none, or longer than three minutes; the mock's own is used.</summary>
    public const string InvalidDelay = nameof(InvalidDelay);

    /// <summary>Another example before it has the same id; a number is added to this one's.</summary>
    public const string DuplicateId = nameof(DuplicateId);
}
