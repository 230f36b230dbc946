namespace MockOperator.Mocking.Matching;

/// <summary>Takes the values of a JSON document as <see cref="JsonFingerprint"/> comes by them.</summary>
internal interface IJsonValues
{
    /// <summary>An object or array begins.</summary>
    /// <param name="name">Hash of its name; anything when it is no member.</param>
    /// <param name="first">Its bracket.</param>
    /// <param name="start">Where it begins.</param>
    /// <returns>False to stop reading.</returns>
    bool Begin(ulong name, byte first, int start);

    /// <summary>A string, number, true, false or null.</summary>
    /// <param name="name">Hash of its name; anything when it is no member.</param>
    /// <param name="first">Its first byte.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="hash">Its hash.</param>
    /// <returns>False to stop reading.</returns>
    bool Scalar(ulong name, byte first, int start, int end, ulong hash);

    /// <summary>The object or array that began last and has not ended ends.</summary>
    /// <param name="end">Where.</param>
    /// <param name="hash">Its hash.</param>
    void End(int end, ulong hash);
}
