using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>The dynamic variables that Postman documents: 118 names, compared with regard to case.</summary>
public static class DynamicVariables
{
    private static readonly FrozenDictionary<string, DynamicValue> s_byName = new[]
    {
        IdentifierValues.All, TextValues.All, InternetValues.All, NameValues.All, JobValues.All, AddressValues.All, ImageValues.All, FinanceValues.All,
        BusinessValues.All, DatabaseValues.All, DateValues.All, DomainValues.All, FileValues.All, StoreValues.All, GrammarValues.All, LoremValues.All,
    }.SelectMany(static theme => theme).ToFrozenDictionary(static value => value.Name, static value => value.Write, StringComparer.Ordinal);

    /// <summary>All names, each with its dollar sign: <c>$guid</c>.</summary>
    public static ImmutableArray<string> Names => s_byName.Keys;

    /// <summary>The variable of a name; null when there is none.</summary>
    internal static DynamicValue? Find(string name) => s_byName.GetValueOrDefault(name);
}
