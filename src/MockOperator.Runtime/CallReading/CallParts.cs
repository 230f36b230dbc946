namespace MockOperator.Runtime.CallReading;

/// <summary>Parts of a call that are long, and told only to those who ask for them.</summary>
[Flags]
internal enum CallParts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>request.headers</c></summary>
    RequestHeaders = 1,

    /// <summary><c>request.body</c></summary>
    RequestBody = 2,

    /// <summary><c>response.headers</c></summary>
    ResponseHeaders = 4,

    /// <summary><c>response.body</c></summary>
    ResponseBody = 8,

    /// <summary><c>nearest</c></summary>
    Nearest = 16,

    /// <summary>All.</summary>
    All = RequestHeaders | RequestBody | ResponseHeaders | ResponseBody | Nearest,
}
