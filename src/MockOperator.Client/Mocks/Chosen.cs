namespace MockOperator.Client.Mocks;

/// <summary>A field after an edit: what was there, unless something else is asked for. The default is no value, and no value is the default.</summary>
internal static class Chosen
{
    public static T? Of<T>(T? before, T? asked, T byDefault)
        where T : struct =>
        asked is not { } value || EqualityComparer<T>.Default.Equals(value, before ?? byDefault) ? before
        : EqualityComparer<T>.Default.Equals(value, byDefault) ? null
        : value;

    public static string? Of(string? before, string? asked, string byDefault) =>
        asked is null || asked == (before ?? byDefault) ? before
        : asked == byDefault ? null
        : asked;

    /// <summary>A list, which is replaced as a whole; by default there is none.</summary>
    public static IReadOnlyList<string>? Of(IReadOnlyList<string>? before, IReadOnlyList<string>? asked) =>
        asked is null || asked.SequenceEqual(before ?? [], StringComparer.Ordinal) ? before
        : asked.Count == 0 ? null
        : asked;
}
