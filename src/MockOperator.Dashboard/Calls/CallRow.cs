using MockOperator.Dashboard.Pages;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Calls;

/// <summary>A call in the list.</summary>
/// <param name="Mock">The mock.</param>
/// <param name="Call">The call.</param>
/// <param name="CanAdd">Whether an example can be made of it.</param>
internal sealed record CallRow(ObjectKey Mock, MockCall Call, bool CanAdd)
{
    /// <summary>Longest path that is shown in the list.</summary>
    public const int LongestPath = 300;

    /// <summary>Its page.</summary>
    public string Address => Links.Call(Mock, Call.Id);
}
