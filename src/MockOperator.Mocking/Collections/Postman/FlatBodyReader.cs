using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;
using MockOperator.Mocking.Collections.Reading;

namespace MockOperator.Mocking.Collections.Postman;

/// <summary>Reads the body of a v1 request, which is spread over the request: <c>dataMode</c> says where it is.</summary>
internal static class FlatBodyReader
{
    /// <summary>Reads a body.</summary>
    public static ExampleBody Read(DocumentNode request, ReadingContext context)
    {
        if (request["dataDisabled"].Kind == JsonValueKind.True)
        {
            return ExampleBody.None;
        }

        DocumentNode mode = request["dataMode"];
        DocumentNode raw = request["rawModeData"];
        switch (context.Text(mode))
        {
            case null or "":
                return mode.Kind == JsonValueKind.Undefined ? RawText(raw, context) : ExampleBody.None;
            case "raw":
                return RawText(raw.IsAbsent ? request["data"] : raw, context);
            case "params":
                return FormReader.Read(request["data"], multipart: true, context);
            case "urlencoded":
                return FormReader.Read(request["data"], multipart: false, context);
            case "graphql":
                return BodyReader.GraphQL(request["graphqlModeData"], context);
            case "binary":
                return new ExampleBody.File();
            case string unknown:
                context.Issues.Warn(
                    mode.Path,
                    LoadIssueReason.UnknownBodyMode,
                    $"\"{IssueLog.Quote(unknown)}\" is no mode of a body, so this body is equal to none. Use raw, urlencoded, params, binary or graphql.");
                return new ExampleBody.File();
        }
    }

    /// <summary>Raw text. Old exports leave an empty array where there is none.</summary>
    private static ExampleBody RawText(DocumentNode raw, ReadingContext context) =>
        raw.Kind == JsonValueKind.Array && !raw.Elements.MoveNext() ? ExampleBody.None : BodyReader.Raw(context.TextOrJson(raw));
}
