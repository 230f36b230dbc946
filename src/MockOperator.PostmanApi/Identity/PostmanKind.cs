namespace MockOperator.PostmanApi.Identity;

/// <summary>What has ids in Postman. The names are part of every id: they never change.</summary>
internal enum PostmanKind
{
    Workspace,
    Mock,
    Collection,
    Environment,
    ServerResponse,

    /// <summary>A collection that is written inside a mock.</summary>
    EmbeddedCollection,

    /// <summary>A request or folder of a collection that has no id of its own.</summary>
    Item,
}
