namespace MockOperator.Client.Calls;

/// <summary>Whose body.</summary>
public enum CallSide
{
    /// <summary>The caller's.</summary>
    Request,

    /// <summary>The mock's.</summary>
    Response,
}
