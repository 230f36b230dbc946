using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;
using MockOperator.Mocking.Collections.Reading;

namespace MockOperator.Mocking.Collections.Postman;

/// <summary>
/// Reads v1: requests in one array, with folders and order told beside it. The order of the array is kept, because matching knows no folders and v1
/// examples have ids of their own.
/// </summary>
internal sealed class FlatCollectionReader(ReadingContext context, IExampleTaker taker)
{
    private readonly ExampleCollector collector = new(context, taker);
    private readonly Dictionary<string, Lazy<ExampleRequest?>> requestsById = new(StringComparer.Ordinal);

    /// <summary>Reads the collection that <paramref name="root"/> is.</summary>
    public LoadedCollection Read(DocumentNode root)
    {
        string name = context.Text(root["name"]) ?? context.Text(root["info"]["name"]) ?? "";
        VariableScope scope = VariableReader.ReadScope(root["variables"], VariableScope.Empty, context);
        var folders = new FlatFolders(root["folders"], scope, context);
        DocumentNode requests = root["requests"];
        NoteIds(requests);

        int index = 0;
        foreach (DocumentNode request in requests.Elements)
        {
            if (!collector.TakeItem(request.Path))
            {
                break;
            }

            ReadRequest(request, index++, folders);
        }

        return collector.ToCollection(name, requests.Path, scope);
    }

    private void NoteIds(DocumentNode requests)
    {
        ReadingContext unreported = context.Unreported;
        foreach (DocumentNode request in requests.Elements)
        {
            if (requestsById.Count >= context.Limits.Items)
            {
                return;
            }

            if (unreported.Text(request["id"]) is { Length: > 0 } id)
            {
                requestsById.TryAdd(id, ReadOnce(request));
            }
        }
    }

    private void ReadRequest(DocumentNode request, int index, FlatFolders folders)
    {
        if (request.Kind != JsonValueKind.Object)
        {
            context.WrongType(request, "a request as an object");
            return;
        }

        DocumentNode responses = request["responses"];
        if (!responses.IsAbsent && responses.Kind != JsonValueKind.Array)
        {
            context.WrongType(responses, "examples as an array");
        }

        VariableScope scope = folders.ScopeOf(request);
        Lazy<ExampleRequest?> parent = ReadOnce(request);
        List<int> position = [index, 0];
        bool served = false;
        foreach (DocumentNode response in responses.Elements)
        {
            if (!collector.HasRoom(response.Path))
            {
                return;
            }

            served |= ReadExample(response, parent, scope, position);
            position[1]++;
        }

        if (!served && FlatRequestReader.ReadTarget(request, context.Unreported) is ExampleRequest saved)
        {
            collector.AddRequestWithoutExample(saved, scope);
        }
    }

    /// <summary>Reads a request at most once, however many examples ask for it.</summary>
    private Lazy<ExampleRequest?> ReadOnce(DocumentNode request) => new(() => FlatRequestReader.Read(request, context), isThreadSafe: false);

    private bool ReadExample(DocumentNode response, Lazy<ExampleRequest?> parent, VariableScope scope, List<int> position)
    {
        if (response.Kind != JsonValueKind.Object)
        {
            context.WrongType(response, "an example as an object");
            return false;
        }

        ExampleRequest? request = ReadOwnRequest(response, parent);
        ExampleResponse? answer = ReadResponse(response);
        return collector.TryAdd(response, request, answer, scope, position);
    }

    /// <summary>The request of an example: an object, the same as JSON text, or the id of a request of the collection.</summary>
    private ExampleRequest? ReadOwnRequest(DocumentNode response, Lazy<ExampleRequest?> parent)
    {
        DocumentNode own = response["requestObject"] is { IsAbsent: false } told ? told : response["request"];
        if (own.Kind != JsonValueKind.String)
        {
            return own.IsAbsent ? ReadParent(response, parent) : FlatRequestReader.Read(own, context);
        }

        string text = context.Text(own)!;
        if (requestsById.TryGetValue(text, out Lazy<ExampleRequest?>? known))
        {
            return known.Value;
        }

        if (!text.AsSpan().TrimStart().StartsWith('{'))
        {
            return ReadParent(response, parent);
        }

        if (EmbeddedDocument.Open(own, context) is DocumentNode embedded)
        {
            return FlatRequestReader.Read(embedded, context);
        }

        return null;
    }

    private ExampleRequest? ReadParent(DocumentNode response, Lazy<ExampleRequest?> parent)
    {
        context.Issues.Warn(
            response.Path.Property("request"),
            LoadIssueReason.ParentRequestUsed,
            "The example was saved without its request; that of the request it belongs to is used. Save the example again to be sure.");
        return parent.Value;
    }

    private ExampleResponse? ReadResponse(DocumentNode response)
    {
        DocumentNode code = response["responseCode"];
        bool grouped = code.Kind == JsonValueKind.Object;
        DocumentNode plain = code.IsAbsent ? response["code"] : code;
        return ResponseReader.Read(
            new ResponseParts
            {
                Code = grouped ? code["code"] : plain,
                CodePath = grouped ? code.Path.Property("code") : response.Path.Property("responseCode"),
                Phrase = grouped ? code["name"] : response["status"],
                Header = response["headers"],
                Body = response["text"],
                Stream = response["stream"],
                Language = response["language"],
            },
            context);
    }
}
