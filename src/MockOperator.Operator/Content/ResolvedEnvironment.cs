using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>Where the variables of a mock come from, resolved as far as the operator may look.</summary>
/// <param name="Layers">The layers, weakest first.</param>
/// <param name="Secrets">The Secrets to mount.</param>
/// <param name="Problem">The first reference that led nowhere, or null.</param>
public sealed record ResolvedEnvironment(IReadOnlyList<VariableLayer> Layers, IReadOnlyList<MountedSecret> Secrets, Unresolved? Problem)
{
    /// <summary>The variables that the operator knows, the strongest layer winning: for counting examples. Values of Secrets are not among them.</summary>
    public IReadOnlyDictionary<string, string> KnownVariables()
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (VariableLayer layer in Layers)
        {
            if (layer.Variables is null)
            {
                continue;
            }

            foreach ((string name, string value) in layer.Variables)
            {
                known[name] = value;
            }
        }

        return known;
    }
}
