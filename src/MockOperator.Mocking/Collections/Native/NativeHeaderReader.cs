using System.Collections.Immutable;
using MockOperator.Mocking.Collections.Documents;
using MockOperator.Mocking.Collections.Reading;
using MockOperator.Resources;

namespace MockOperator.Mocking.Collections.Native;

/// <summary>Reads headers given as names and values.</summary>
internal static class NativeHeaderReader
{
    /// <summary>Headers in their order. One that HTTP cannot carry is skipped, with an issue.</summary>
    public static ImmutableArray<Field> Read(IReadOnlyList<HeaderSpec>? headers, DocumentPath path, ReadingContext context)
    {
        ImmutableArray<Field>.Builder fields = ImmutableArray.CreateBuilder<Field>();
        for (int i = 0; i < (headers?.Count ?? 0); i++)
        {
            HeaderSpec? header = headers![i];

            // The types say that nothing is null, but a list read from JSON may hold it.
            if (!HeaderReader.Add(header?.Name ?? "", header?.Value ?? "", path.Element(i), fields, context))
            {
                break;
            }
        }

        return fields.ToImmutable();
    }
}
