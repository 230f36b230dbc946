namespace MockOperator.Mocking.Collections.Reading;

/// <summary>
/// Takes what is read from a document, one by one. A list keeps all of it; a plan compiles each example at once, so that the read texts of one are gone before the
/// next is read and a large document costs little more than its plan.
/// </summary>
internal interface IExampleTaker
{
    /// <summary>Takes an example. They come in document order.</summary>
    void Take(Example example);

    /// <summary>Takes a saved request that has no example.</summary>
    void TakeUnanswered(UnansweredRequest request);
}
