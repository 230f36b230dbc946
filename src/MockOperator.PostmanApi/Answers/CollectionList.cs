namespace MockOperator.PostmanApi.Answers;

/// <summary>Collections, and which part of all these are.</summary>
internal sealed record CollectionList(IReadOnlyList<CollectionLine> Collections, CollectionList.Part Meta)
{
    internal sealed record Part(int Total, int Offset, int Limit);
}
