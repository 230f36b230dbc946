using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Hands on what the readers of one document find, within the limits.</summary>
internal sealed class ExampleCollector(ReadingContext context, IExampleTaker taker)
{
    private readonly ExampleIds ids = new(context.Issues);
    private int items;
    private int examples;
    private int requests;
    private bool fullOfItems;
    private bool fullOfExamples;

    /// <summary>Counts a folder or request.</summary>
    /// <returns>Whether it may be read; an issue says once when not.</returns>
    public bool TakeItem(DocumentPath path)
    {
        if (items < context.Limits.Items)
        {
            items++;
            return true;
        }

        ReportOnce(ref fullOfItems, path, $"The collection has more than {context.Limits.Items} folders and requests. This one and those after it are skipped.");
        return false;
    }

    /// <summary>Whether another example may be read; an issue says once when not.</summary>
    public bool HasRoom(DocumentPath path)
    {
        if (examples < context.Limits.Examples)
        {
            return true;
        }

        ReportOnce(ref fullOfExamples, path, $"The collection has more than {context.Limits.Examples} examples. This one and those after it are skipped.");
        return false;
    }

    /// <summary>Adds the example that <paramref name="response"/> is, when both of its sides could be read.</summary>
    /// <param name="response">The saved response, which holds name and ids.</param>
    /// <param name="request">The request side; null when it could not be read.</param>
    /// <param name="answer">The response side; null when it could not be read.</param>
    /// <param name="scope">The variables around it.</param>
    /// <param name="position">Index in each array on the way to it.</param>
    /// <returns>Whether it was added.</returns>
    public bool TryAdd(DocumentNode response, ExampleRequest? request, ExampleResponse? answer, VariableScope scope, List<int> position)
    {
        if (request is null || answer is null)
        {
            return false;
        }

        (string id, string? uid) = IdReader.Read(response, position, context);
        var example = new Example
        {
            Id = id,
            Uid = uid,
            Name = context.Text(response["name"]) ?? "",
            Place = response.Path,
            Request = request,
            Response = answer,
            Scope = scope,
        };
        Add(example, response.Path);
        return true;
    }

    /// <summary>Adds an example; its id is made unique.</summary>
    public void Add(Example example, DocumentPath path)
    {
        string id = ids.MakeUnique(example.Id, path);
        examples++;
        taker.Take(ReferenceEquals(id, example.Id) ? example : example with { Id = id });
    }

    /// <summary>Adds a saved request that has no example.</summary>
    public void AddRequestWithoutExample(ExampleRequest request, VariableScope scope)
    {
        if (requests < context.Limits.Examples)
        {
            requests++;
            taker.TakeUnanswered(new UnansweredRequest(request, scope));
        }
    }

    /// <summary>What is known once all is read. The examples are where they were handed to.</summary>
    public LoadedCollection ToCollection(string name, DocumentPath place, VariableScope variables)
    {
        if (examples == 0)
        {
            context.Issues.Warn(
                place, LoadIssueReason.NoExamples, "The collection has no saved example, so every call is answered 404. Save a response as an example.");
        }

        return new LoadedCollection
        {
            Name = name,
            Variables = variables,
            Issues = context.Issues.ToImmutable(),
            IssueCount = context.Issues.Count,
        };
    }

    private void ReportOnce(ref bool reported, DocumentPath path, string message)
    {
        if (!reported)
        {
            reported = true;
            context.Issues.Skip(path, LoadIssueReason.TooMany, message + " Split the collection.");
        }
    }
}
