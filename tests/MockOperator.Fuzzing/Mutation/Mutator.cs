using MockOperator.Fuzzing.Engine;

namespace MockOperator.Fuzzing.Mutation;

/// <summary>Makes new inputs of known ones: changes bytes, takes words in, and moves the values of JSON about, which is what gets past a parser.</summary>
internal sealed class Mutator(FuzzTarget target, Random random, List<byte[]> corpus)
{
    private const int MostChanges = 8;
    private readonly ByteMutations _bytes = new(random, [.. target.Words.Concat(Words.Everywhere).Select(System.Text.Encoding.UTF8.GetBytes)]);
    private readonly JsonMutations _json = new(random);

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        byte[] input = Pick();
        int changes = 1 + random.Next(random.Next(1, MostChanges));
        for (int change = 0; change < changes; change++)
        {
            byte[]? changed = random.Next(3) switch
            {
                0 => _bytes.Change(input, Pick()),
                _ => _json.Change(input, Pick()) ?? _bytes.Change(input, Pick()),
            };
            input = changed.Length <= target.MaxLength ? changed : changed[..target.MaxLength];
        }

        return input;
    }

    // Young inputs are picked more often: what took a new branch lately leads on.
    private byte[] Pick()
    {
        if (corpus.Count == 0)
        {
            return [];
        }

        int index = random.Next(2) == 0 ? random.Next(corpus.Count) : corpus.Count - 1 - random.Next(Math.Min(corpus.Count, 64));
        return corpus[index];
    }
}
