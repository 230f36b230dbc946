using System.Collections.Immutable;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Keeps what is read from a document.</summary>
internal sealed class ExampleList : IExampleTaker
{
    private readonly ImmutableArray<Example>.Builder examples = ImmutableArray.CreateBuilder<Example>();
    private readonly ImmutableArray<UnansweredRequest>.Builder requests = ImmutableArray.CreateBuilder<UnansweredRequest>();

    /// <inheritdoc/>
    public void Take(Example example) => examples.Add(example);

    /// <inheritdoc/>
    public void TakeUnanswered(UnansweredRequest request) => requests.Add(request);

    /// <summary>Adds everything that was taken to what else is known of the collection.</summary>
    public LoadedCollection AddTo(LoadedCollection collection) =>
        collection with { Examples = examples.DrainToImmutable(), RequestsWithoutExample = requests.DrainToImmutable() };
}
