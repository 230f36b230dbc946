using System.Collections.Frozen;

namespace MockOperator.Dashboard.Pages;

/// <summary>What a page says was done, by a word in its address. Only these: nobody can put a sentence on a page by a link.</summary>
internal static class Notices
{
    /// <summary>Name of the parameter.</summary>
    public const string Parameter = "done";

    private static readonly FrozenDictionary<string, string> Texts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["saved"] = "Saved. The pods take it over within a second or two.",
        ["unchanged"] = "Nothing was changed: it is as it was.",
        ["responds"] = "Calls get the server response within a second or two.",
        ["normal"] = "The mock server answers by its examples again.",
        ["response-removed"] = "The server response was removed.",
        ["paused"] = "Paused. It answers no calls until it is resumed.",
        ["resumed"] = "Resumed. It answers as soon as its pods are there.",
        ["deleted"] = "The mock server was deleted. Its collection is still there.",
        ["collection-deleted"] = "The collection was deleted.",
        ["cleared"] = "The calls were forgotten by all pods that could be asked.",
        ["call-deleted"] = "The call was forgotten.",
        ["added"] = "The example was added. Calls like this one are answered by it as soon as the pods have it.",
        ["tagged"] = "The version was tagged. Mocks can name it from now on.",
        ["uploaded"] = "The collection was stored.",
        ["replaced"] = "The current content was replaced. Versions stay as they were.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The sentence of a word; null for none.</summary>
    public static string? Find(string? word) => word is null ? null : Texts.GetValueOrDefault(word);
}
