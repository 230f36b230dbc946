using MockOperator.Dashboard.Access;

namespace MockOperator.Dashboard.Pages;

/// <summary>What all requests share.</summary>
/// <param name="Access">How callers are recognised.</param>
/// <param name="Rights">What they may do.</param>
/// <param name="Namespaces">The namespaces that they see.</param>
/// <param name="Assets">Style and script.</param>
/// <param name="Yaml">Writes JSON as YAML.</param>
/// <param name="Time">The clock.</param>
internal sealed record Site(DashboardAccess Access, Rights Rights, Namespaces Namespaces, StaticFiles Assets, Func<ReadOnlyMemory<byte>, string> Yaml, TimeProvider Time);
