namespace MockOperator.PostmanApi.Collections;

/// <summary>A piece of a document that is written otherwise.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends; the same as <paramref name="Start"/> for what is put in.</param>
/// <param name="Bytes">What is written there.</param>
internal readonly record struct Splice(int Start, int End, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The document with all of it, in pieces.</summary>
    /// <param name="document">The document.</param>
    /// <param name="splices">What is written otherwise, in order, none within another.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Apply(ReadOnlyMemory<byte> document, IEnumerable<Splice> splices)
    {
        var position = 0;
        foreach (var splice in splices)
        {
            yield return document[position..splice.Start];
            yield return splice.Bytes;
            position = splice.End;
        }

        yield return document[position..];
    }
}
