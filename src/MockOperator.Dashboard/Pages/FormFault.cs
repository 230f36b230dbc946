namespace MockOperator.Dashboard.Pages;

/// <summary>A form that cannot be read as it was sent. The message says why and can be shown.</summary>
internal sealed class FormFault(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;
}
