namespace MockOperator.Mocking.Matching;

/// <summary>
/// What Postman calls an alphanumeric id (steps 6 and 7): a number, anything that holds a UUID, or 256 characters and more. A plain word is none.
/// </summary>
internal static class IdSegment
{
    private const int UuidLength = 36;
    private const int LongLength = 256;

    /// <summary>Whether a segment is an id.</summary>
    internal static bool Is(ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty)
        {
            return false;
        }

        return segment.Length >= LongLength || !segment.ContainsAnyExceptInRange('0', '9') || HoldsUuid(segment);
    }

    private static bool HoldsUuid(ReadOnlySpan<char> segment)
    {
        for (int start = 0; start + UuidLength <= segment.Length; start++)
        {
            if (segment[start + 8] == '-' && IsUuid(segment.Slice(start, UuidLength)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUuid(ReadOnlySpan<char> text)
    {
        for (int index = 0; index < UuidLength; index++)
        {
            bool dash = index is 8 or 13 or 18 or 23;
            if (dash ? text[index] != '-' : !char.IsAsciiHexDigit(text[index]))
            {
                return false;
            }
        }

        return true;
    }
}
