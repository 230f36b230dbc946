using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Operator.Desired;

/// <summary>What a runtime needs to know of a mock besides its collection. Only what changes answers is in it, so that other edits make no new revision.</summary>
public static class DefinitionBuilder
{
    /// <summary>Builds it.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="examples">The native examples, or null when the bundle holds a document.</param>
    /// <param name="environment">Layers of variables, weakest first.</param>
    /// <param name="exposed">Path prefixes of requests from outside.</param>
    /// <param name="quotas">The quotas that count its calls, by name.</param>
    public static MockDefinition Build(MockServer mock, IReadOnlyList<ExampleSpec>? examples, IReadOnlyList<VariableLayer> environment, IReadOnlyList<ExposedPath>? exposed = null, IReadOnlyList<QuotaReference>? quotas = null)
    {
        MockServerSpec spec = mock.Spec!;
        return new MockDefinition
        {
            Name = mock.Metadata.Name,
            Namespace = mock.Metadata.NamespaceProperty,
            Examples = examples,
            Environment = environment.Count == 0 ? null : environment,
            Access = AccessDefinition.Of(spec.Private, spec.ApiKeys),
            Cors = spec.Cors is { At: CorsLocation.Ingress } cors ? cors with { Enabled = false } : spec.Cors,
            ExposedPaths = exposed is { Count: > 0 } ? exposed : null,
            Matching = spec.Matching,
            Delay = spec.Delay,
            ServerResponse = ServerResponseRules.FindActive(spec),
            Quotas = quotas is { Count: > 0 } ? quotas : null,
            RateLimit = spec.RateLimit,
            CallLog = spec.CallLog,
            Seed = spec.Seed,
        };
    }
}
