namespace MockOperator.Runtime.Access;

/// <summary>What a caller is told that is not admitted.</summary>
/// <param name="Name">What is wrong, as one word.</param>
/// <param name="Message">What to do.</param>
/// <param name="Header">What is wrong, as a title.</param>
/// <param name="Challenge">Value of <c>WWW-Authenticate</c>.</param>
internal sealed record AccessRefusal(string Name, string Message, string Header, string Challenge);
