namespace MockOperator.Client.Documents;

/// <summary>A file that somebody gave cannot be used. The message says why and what to give instead; it can be shown as it is.</summary>
public sealed class DocumentException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public DocumentException(string message)
        : base(message)
    {
    }
}
