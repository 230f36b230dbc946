using System.Collections.Immutable;
using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;
using MockOperator.Mocking.Collections.Reading;

namespace MockOperator.Mocking.Collections.Postman;

/// <summary>Reads a request of v1, of the collection or of an example.</summary>
internal static class FlatRequestReader
{
    /// <summary>Reads a request; null, with an issue, when no call could match it.</summary>
    public static ExampleRequest? Read(DocumentNode request, ReadingContext context)
    {
        ExampleRequest? target = ReadTarget(request, context);
        return target is null
            ? null
            : target with
            {
                Headers = HeaderReader.Read(Filled(request["headerData"]) ?? request["headers"], context),
                Body = FlatBodyReader.Read(request, context),
            };
    }

    /// <summary>Method and URL of a request that is only told about, not served.</summary>
    public static ExampleRequest? ReadTarget(DocumentNode request, ReadingContext context)
    {
        if (request.Kind != JsonValueKind.Object)
        {
            context.WrongType(request, "a request as an object");
            return null;
        }

        string? method = RequestReader.ReadMethod(request["method"], context);
        ExampleUrl? url = UrlReader.Read(request["url"], request.Path.Property("url"), context);
        return method is null || url is null ? null : new ExampleRequest { Method = method, Url = Complete(url, request, context) };
    }

    /// <summary>The tables beside the URL say more than its text does: which parameters are disabled, what the path variables are.</summary>
    private static ExampleUrl Complete(ExampleUrl url, DocumentNode request, ReadingContext context)
    {
        ImmutableArray<QueryParameter>? query = Filled(request["queryParams"]) is DocumentNode table ? QueryReader.Read(table, context) : null;
        return url with
        {
            Query = query ?? url.Query,
            PathVariables = PathVariableReader.Read(Filled(request["pathVariableData"]) ?? request["pathVariables"], context),
        };
    }

    /// <summary>An array with something in it; null for all else, so that the older property is asked.</summary>
    private static DocumentNode? Filled(DocumentNode table) =>
        table.Kind == JsonValueKind.Array && table.Elements.MoveNext() ? table : null;
}
