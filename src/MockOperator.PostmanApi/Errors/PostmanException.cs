namespace MockOperator.PostmanApi.Errors;

/// <summary>A request cannot be answered as it wants to be.</summary>
internal sealed class PostmanException(PostmanError error) : Exception(error.Message)
{
    public PostmanError Error => error;
}
