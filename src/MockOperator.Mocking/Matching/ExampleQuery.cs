using System.Collections.Immutable;
using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Matching;

/// <summary>The query of a saved request, decoded.</summary>
internal sealed class ExampleQuery
{
    private static readonly ExampleQuery s_empty = new([], []);

    private ExampleQuery(ImmutableArray<Field> parameters, ImmutableArray<QueryPair> pairs)
    {
        Parameters = parameters;
        Pairs = pairs;
        WildcardCount = pairs.Count(static pair => pair.Value == QueryPair.Any);
        HasRepeatedKey = pairs.Zip(pairs.Skip(1)).Any(static two => two.First.Key == two.Second.Key);
    }

    /// <summary>Decoded keys and values in the order of the document; an unresolved value stays a token.</summary>
    internal ImmutableArray<Field> Parameters { get; }

    /// <summary>The same as numbers, sorted.</summary>
    internal ImmutableArray<QueryPair> Pairs { get; }

    /// <summary>Number of wildcard values.</summary>
    internal int WildcardCount { get; }

    /// <summary>Whether a key stands there more than once.</summary>
    internal bool HasRepeatedKey { get; }

    /// <summary>Reads the parameters of a resolved URL.</summary>
    internal static ExampleQuery Read(ImmutableArray<QueryParameter> parameters, Vocabulary vocabulary, bool wildcards)
    {
        if (parameters.IsEmpty)
        {
            return s_empty;
        }

        ImmutableArray<Field>.Builder fields = ImmutableArray.CreateBuilder<Field>();
        ImmutableArray<QueryPair>.Builder pairs = ImmutableArray.CreateBuilder<QueryPair>();
        foreach (QueryParameter parameter in parameters)
        {
            if (parameter.Key.Length == 0 && string.IsNullOrEmpty(parameter.Value))
            {
                continue;
            }

            bool any = wildcards && parameter.Value is not null && Token.TryRead(parameter.Value, out _);
            string key = PercentDecoding.DecodeQuery(parameter.Key);
            string value = any ? parameter.Value! : PercentDecoding.DecodeQuery(parameter.Value);
            fields.Add(new Field(key, value));
            pairs.Add(QueryPair.Of(vocabulary.Add(key), any ? QueryPair.Any : vocabulary.Add(value)));
        }

        QueryPair[] sorted = [.. pairs];
        QueryPair.Sort(sorted);
        return new ExampleQuery(fields.ToImmutable(), [.. sorted]);
    }

    /// <summary>Number of the value that a key has, <see cref="Vocabulary.Unknown"/> when the key is absent. Only for queries without repeated keys.</summary>
    internal int ValueOf(int key)
    {
        foreach (QueryPair pair in Pairs)
        {
            if (pair.Key == key)
            {
                return pair.Value;
            }
        }

        return Vocabulary.Unknown;
    }
}
