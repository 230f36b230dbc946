using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;
using MockOperator.Mocking.Collections.Reading;

namespace MockOperator.Mocking.Collections.Postman;

/// <summary>
/// Reads v2.1 and v2.0: a tree of folders and items. The two differ in what they prefer, not in what they allow, so one reader serves both.
/// </summary>
internal sealed class CollectionTreeReader(ReadingContext context, IExampleTaker taker)
{
    private readonly ExampleCollector collector = new(context, taker);
    private readonly List<int> position = [];

    /// <summary>Reads the collection that <paramref name="root"/> is.</summary>
    public LoadedCollection Read(DocumentNode root)
    {
        string name = context.Text(root["info"]["name"]) ?? context.Text(root["name"]) ?? "";
        VariableScope scope = VariableReader.ReadScope(root["variable"], VariableScope.Empty, context);
        DocumentNode items = root["item"];
        ReadItems(items, scope, depth: 0);
        return collector.ToCollection(name, items.Path, scope);
    }

    private void ReadItems(DocumentNode items, VariableScope scope, int depth)
    {
        int index = 0;
        foreach (DocumentNode item in items.Elements)
        {
            if (!collector.TakeItem(item.Path))
            {
                return;
            }

            position.Add(index++);
            ReadItem(item, scope, depth);
            position.RemoveAt(position.Count - 1);
        }
    }

    private void ReadItem(DocumentNode item, VariableScope outer, int depth)
    {
        if (item.Kind != JsonValueKind.Object)
        {
            context.WrongType(item, "a folder or a request");
            return;
        }

        VariableScope scope = VariableReader.ReadScope(item["variable"], outer, context);
        DocumentNode children = item["item"];
        if (children.Kind == JsonValueKind.Array)
        {
            ReadFolder(children, scope, depth + 1);
            return;
        }

        if (!children.IsAbsent)
        {
            context.WrongType(children, "the items of a folder as an array");
        }

        ReadRequest(item, scope);
    }

    private void ReadFolder(DocumentNode children, VariableScope scope, int depth)
    {
        if (depth > context.Limits.FolderDepth)
        {
            context.Issues.Skip(
                children.Path,
                LoadIssueReason.TooDeep,
                $"Folders are nested more than {context.Limits.FolderDepth} deep. What is in this one is skipped; move it further up.");
            return;
        }

        ReadItems(children, scope, depth);
    }

    private void ReadRequest(DocumentNode item, VariableScope scope)
    {
        DocumentNode request = item["request"];
        DocumentNode responses = item["response"];
        if (!responses.IsAbsent && responses.Kind != JsonValueKind.Array)
        {
            context.WrongType(responses, "examples as an array");
        }

        // Read at most once, however many examples ask for it.
        var parent = new Lazy<ExampleRequest?>(() => RequestReader.Read(request, context), isThreadSafe: false);
        bool served = false;
        int index = 0;
        foreach (DocumentNode response in responses.Elements)
        {
            if (!collector.HasRoom(response.Path))
            {
                return;
            }

            position.Add(index++);
            served |= ReadExample(response, request.IsAbsent ? null : parent, scope);
            position.RemoveAt(position.Count - 1);
        }

        if (!served && !request.IsAbsent && RequestReader.ReadTarget(request, context.Unreported) is ExampleRequest saved)
        {
            collector.AddRequestWithoutExample(saved, scope);
        }
    }

    private bool ReadExample(DocumentNode response, Lazy<ExampleRequest?>? parent, VariableScope scope)
    {
        if (response.Kind != JsonValueKind.Object)
        {
            context.WrongType(response, "an example as an object");
            return false;
        }

        // Both are read before either decides, so that one load names all that is wrong with an example.
        ExampleRequest? request = ReadOriginalRequest(response, parent);
        ExampleResponse? answer = ReadResponse(response);
        return collector.TryAdd(response, request, answer, scope, position);
    }

    private ExampleRequest? ReadOriginalRequest(DocumentNode response, Lazy<ExampleRequest?>? parent)
    {
        DocumentNode original = response["originalRequest"];
        if (!original.IsAbsent)
        {
            return RequestReader.Read(original, context);
        }

        DocumentPath path = response.Path.Property("originalRequest");
        if (parent is null)
        {
            context.Issues.Skip(path, LoadIssueReason.MissingRequest, "The example has no request, and neither has its item. Save the example again.");
            return null;
        }

        context.Issues.Warn(
            path, LoadIssueReason.ParentRequestUsed, "The example was saved without its request; that of the item is used. Save the example again to be sure.");
        return parent.Value;
    }

    private ExampleResponse? ReadResponse(DocumentNode response) => ResponseReader.Read(
        new ResponseParts
        {
            Code = response["code"],
            CodePath = response.Path.Property("code"),
            Phrase = response["status"],
            Header = response["header"],
            Body = response["body"],
            Stream = response["stream"],
            Language = response["_postman_previewlanguage"],
        },
        context);
}
