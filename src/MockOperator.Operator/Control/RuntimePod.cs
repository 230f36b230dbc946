namespace MockOperator.Operator.Control;

/// <summary>A runtime pod, as far as the control channel needs to know it.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its UID.</param>
/// <param name="Address">Its address, or null while it has none.</param>
/// <param name="AnnotatedRevision">The revision that its annotation names, or null.</param>
public sealed record RuntimePod(string Namespace, string Name, string Uid, string? Address, string? AnnotatedRevision);
