namespace MockOperator.Mocking.Matching;

/// <summary>Numbers for the texts that examples use, so that a request is compared by number. Number 0 stands for every text that no example uses.</summary>
internal sealed class Vocabulary
{
    /// <summary>The number of a text that no example uses.</summary>
    internal const int Unknown = 0;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The number of a text, a new one when it has none. Only while compiling.</summary>
    internal int Add(string text)
    {
        if (!_numbers.TryGetValue(text, out int number))
        {
            number = _numbers.Count + 1;
            _numbers.Add(text, number);
        }

        return number;
    }

    /// <summary>The number of a text, <see cref="Unknown"/> when no example uses it.</summary>
    internal int Find(ReadOnlySpan<char> text) =>
        _numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int number) ? number : Unknown;
}
