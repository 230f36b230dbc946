using System.Collections.Frozen;
using System.Collections.Immutable;
using MockOperator.Mocking.Collections.Documents;
using MockOperator.Mocking.Collections.Reading;

namespace MockOperator.Mocking.Collections.Native;

/// <summary>Reads headers given as a map.</summary>
internal static class NativeHeaderReader
{
    /// <summary>Headers in the order of the map. One that HTTP cannot carry is skipped, with an issue.</summary>
    public static ImmutableArray<Field> Read(IReadOnlyDictionary<string, string>? headers, DocumentPath path, ReadingContext context)
    {
        ImmutableArray<Field>.Builder fields = ImmutableArray.CreateBuilder<Field>();
        foreach ((string name, string? value) in headers ?? FrozenDictionary<string, string>.Empty)
        {
            if (!HeaderReader.Add(name, value ?? "", path, fields, context))
            {
                break;
            }
        }

        return fields.ToImmutable();
    }
}
