using System.Diagnostics.CodeAnalysis;

namespace MockOperator.Fuzzing.Engine;

/// <summary>A promise was broken.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It is thrown here only, always with what was broken.")]
internal sealed class Violation(string message) : Exception(message)
{
    /// <summary>Checks a promise.</summary>
    /// <exception cref="Violation">It is broken.</exception>
    public static void Unless([DoesNotReturnIf(false)] bool kept, string promise)
    {
        if (!kept)
        {
            throw new Violation(promise);
        }
    }
}
