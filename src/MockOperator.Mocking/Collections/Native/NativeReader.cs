using MockOperator.Mocking.Collections.Documents;
using MockOperator.Mocking.Collections.Reading;
using MockOperator.Resources;

namespace MockOperator.Mocking.Collections.Native;

/// <summary>Reads examples in the native form, which is small and strict: what contradicts itself is skipped, not guessed at.</summary>
internal sealed class NativeReader(ReadingContext context, IExampleTaker taker)
{
    private readonly ExampleCollector collector = new(context, taker);

    /// <summary>Reads all examples.</summary>
    public LoadedCollection Read(string name, IReadOnlyList<ExampleSpec> examples)
    {
        DocumentPath place = DocumentPath.Root.Property("examples");
        for (int i = 0; i < examples.Count; i++)
        {
            DocumentPath path = place.Element(i);
            if (!collector.HasRoom(path))
            {
                break;
            }

            // The type says that no element is null, but a list read from JSON may hold one.
            if ((ExampleSpec?)examples[i] is ExampleSpec example)
            {
                ReadExample(example, i, path);
            }
            else
            {
                context.Issues.Skip(path, LoadIssueReason.WrongType, "Expected an example, found null. Fill it in or remove it.");
            }
        }

        return collector.ToCollection(name, place, VariableScope.Empty);
    }

    private void ReadExample(ExampleSpec example, int index, DocumentPath path)
    {
        // Both are read before either decides, so that one load names all that is wrong with an example.
        ExampleRequest? request = NativeRequestReader.Read(example.Request, path.Property("request"), context);
        ExampleResponse? response = NativeResponseReader.Read(example.Response, path.Property("response"), context);
        if (request is null || response is null)
        {
            return;
        }

        collector.Add(
            new Example
            {
                Id = ExampleIds.Derive(index),
                Name = string.IsNullOrEmpty(example.Name) ? $"{request.Method} {example.Request!.Path}" : example.Name,
                Place = path,
                Request = request,
                Response = response,
            },
            path);
    }
}
