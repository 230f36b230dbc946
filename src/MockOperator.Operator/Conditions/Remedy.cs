namespace MockOperator.Operator.Conditions;

/// <summary>What ends that an object is not Ready.</summary>
public enum Remedy
{
    /// <summary>It may end without an edit of the object: time, another object, a right, room in the cluster.</summary>
    MayPass,

    /// <summary>An edit of the content that is named: of this object where the content is written into it, of another one where it is referred to.</summary>
    EditOfContent,

    /// <summary>Only an edit of this object, or another setting of the operator.</summary>
    Edit,
}
