namespace MockOperator.Cli.Manifests.Schemas;

/// <summary>Something in an object that the API server would refuse.</summary>
/// <param name="Path">Where.</param>
/// <param name="Message">What it would say, the path included.</param>
internal sealed record SchemaProblem(FieldPath Path, string Message)
{
    /// <summary>A problem of a field, as field errors of the API server are written: path, kind of error, detail.</summary>
    public static SchemaProblem At(FieldPath path, string body) => new(path, $"{path}: {body}");
}
