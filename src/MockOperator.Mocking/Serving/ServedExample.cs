namespace MockOperator.Mocking.Serving;

/// <summary>Names an example that is served, for whoever counts what is sent.</summary>
/// <param name="Method">Method of its request, upper case.</param>
/// <param name="Path">Path of its request with variables filled in, beginning with a slash.</param>
/// <param name="Name">Its name; may be empty, and several may have the same.</param>
public readonly record struct ServedExample(string Method, string Path, string Name);
