using MockOperator.Dashboard.Pages;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Dashboard.Mocks;

/// <summary>What helps against a problem of a mock.</summary>
/// <param name="Text">What to do.</param>
/// <param name="Address">Where it is done.</param>
internal sealed record Cure(string Text, string Address)
{
    /// <summary>The cure for the reason of a condition; what has none of its own is looked at closer.</summary>
    public static Cure Of(ListedMock mock, string reason)
    {
        var key = ObjectKey.Of(mock);
        var collection = mock.Spec?.CollectionRef is { } reference ? new ObjectKey(key.Namespace, reference.Name) : (ObjectKey?)null;
        return reason switch
        {
            "VersionNotFound" => new Cure("choose a version", Links.Mock(key, "edit#version")),
            "CollectionNotFound" => new Cure("choose a collection", Links.Mock(key, "edit#collection")),
            "InvalidCollection" or "NoExamples" or "ContentTooLarge" or "ContentCorrupt" when collection is { } there => new Cure("look at the collection", Links.Collection(there)),
            "InvalidEnvironment" or "TooManyVariables" => new Cure("choose an environment", Links.Mock(key, "edit#environment")),
            "InvalidSpec" => new Cure("edit it", Links.Mock(key, "edit")),
            _ => new Cure("see its status", Links.Mock(key, "status")),
        };
    }
}
