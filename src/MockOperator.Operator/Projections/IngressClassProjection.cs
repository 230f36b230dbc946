using k8s.Models;
using MockOperator.Operator.Conditions;
using MockOperator.Operator.Exposure;

namespace MockOperator.Operator.Projections;

/// <summary>What the store keeps of an IngressClass: its controller, and whether it is the default.</summary>
public static class IngressClassProjection
{
    private const int LongestController = 256;

    /// <summary>The class without the rest.</summary>
    public static V1IngressClass Of(V1IngressClass ingressClass)
    {
        ArgumentNullException.ThrowIfNull(ingressClass);
        ingressClass.Metadata = MetadataProjection.WithAnnotation(ingressClass.Metadata, IngressControllers.IsDefault);
        ingressClass.Spec = ingressClass.Spec?.Controller is { } controller ? new V1IngressClassSpec { Controller = BoundedText.Cut(controller, LongestController) } : null;
        return ingressClass;
    }
}
