using System.Collections.Immutable;

namespace MockOperator.Mocking.Collections;

/// <summary>The body of a saved request. A closed hierarchy: one record per Postman body mode.</summary>
public abstract record ExampleBody
{
    private ExampleBody()
    {
    }

    /// <summary>The absent body.</summary>
    public static ExampleBody None { get; } = new Absent();

    /// <summary>No body, or a disabled one.</summary>
    public sealed record Absent : ExampleBody;

    /// <summary>Mode <c>raw</c>.</summary>
    /// <param name="Text">The text.</param>
    public sealed record Raw(string Text) : ExampleBody;

    /// <summary>Modes <c>urlencoded</c> and <c>formdata</c>: enabled text fields; file parts are left out.</summary>
    /// <param name="Fields">Fields in order.</param>
    /// <param name="Multipart">Whether it was <c>formdata</c>.</param>
    public sealed record Form(ImmutableArray<Field> Fields, bool Multipart) : ExampleBody;

    /// <summary>Mode <c>graphql</c>.</summary>
    /// <param name="Query">The document.</param>
    /// <param name="Variables">Variables as JSON text; null when absent.</param>
    /// <param name="OperationName">Name of the operation; null when absent.</param>
    public sealed record GraphQL(string Query, string? Variables, string? OperationName) : ExampleBody;

    /// <summary>Mode <c>file</c>: never equal to anything.</summary>
    public sealed record File : ExampleBody;
}
