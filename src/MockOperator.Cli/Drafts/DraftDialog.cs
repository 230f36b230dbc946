using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Documents;
using MockOperator.Client.Environments;
using MockOperator.Client.Mocks;
using MockOperator.Client.Naming;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Cli.Drafts;

/// <summary>Asks what Postman's dialog asks, in its order: the requests or the collection, then name, environment, private, where the URL is saved, delay. What options said is not asked again.</summary>
internal sealed class DraftDialog(ClusterCall call, IQuestions questions)
{
    private const int MostListed = 200;

    /// <summary>Asks.</summary>
    /// <param name="draft">What options said.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The draft; null when it is not to be made.</returns>
    public async Task<MockDraft?> AskAsync(MockDraft draft, CancellationToken cancellationToken)
    {
        draft = await ContentAsync(draft, cancellationToken);
        if (draft.Name.Length == 0)
            draft = draft with { Name = questions.Ask("Name of the mock", Proposed(draft), NameFault) };
        if (draft is { EnvironmentDocument: null, Environment: null })
            draft = await EnvironmentAsync(draft, cancellationToken);
        if (!draft.Private)
            draft = draft with { Private = questions.Confirm("Make it private, so that callers need a key?") };
        if (draft.SaveUrl is null && questions.Confirm("Save its URL in a ConfigMap, for applications to read?"))
            draft = draft with { SaveUrl = SettingText.SavedUrl(questions.Ask("ConfigMap and key", $"{draft.Name}-mock/url", static text => FaultOf(() => SettingText.SavedUrl(text)))) };
        if (draft.Delay is null)
            draft = draft with { Delay = Delay() };
        questions.Tell("");
        return questions.Confirm($"Make the mock {draft.Name} in the namespace {draft.Namespace}?", standard: true) ? draft : null;
    }

    private async Task<MockDraft> ContentAsync(MockDraft draft, CancellationToken cancellationToken)
    {
        switch (questions.Choose("What does it answer with?", ["A collection that Postman exported", "A collection of this namespace", "Requests that I write now"]))
        {
            case 0:
                return draft with { Document = GivenFile.Collection(questions.Ask("File", null, text => FaultOf(() => GivenFile.Collection(text, call.Console))), call.Console) };
            case 1:
                return draft with { Collection = await CollectionAsync(cancellationToken) };
            default:
                var examples = new List<ExampleSpec>();
                do
                    examples.Add(Example(examples));
                while (questions.Confirm("Another request?"));
                return draft with { Examples = examples };
        }
    }

    private async Task<CollectionReference> CollectionAsync(CancellationToken cancellationToken)
    {
        var page = await call.Cluster.Api.ListPageAsync<MetadataOf<Collection>>(new ListQuery { Namespace = call.Namespace, Limit = MostListed }, cancellationToken);
        if (page.Items.Count == 0)
            throw new CommandException($"There is no collection in the namespace {call.Namespace} yet. Give the file that Postman exported.");
        var names = page.Items.Select(static item => item.Metadata.Name).ToList();
        var chosen = names[questions.Choose("Which collection?", [.. page.Items.Select(static item => DisplayName.Of(item.Metadata) is var shown && shown != item.Metadata.Name ? $"{item.Metadata.Name} ({Printable.Line(shown)})" : item.Metadata.Name)])];
        var tags = CollectionTags.Of(await call.FindAsync<Collection>(chosen, cancellationToken));
        return new CollectionReference { Name = chosen, Version = tags.Count == 1 ? null : questions.Choose("Which version?", tags) is > 0 and var index ? tags[index] : null };
    }

    private ExampleSpec Example(List<ExampleSpec> others)
    {
        var method = questions.Ask("Method", "GET").ToUpperInvariant();
        var path = questions.Ask("Path", null, text => !text.StartsWith('/') ? "A path starts with a slash: /users/{{id}}."
            : others.Exists(other => other.Name == $"{method} {text}") ? "That request is there already." : null);
        var status = questions.Ask("Status", "200", static text => int.TryParse(text, out var number) && number is >= 200 and <= 599 ? null : "A status is a number from 200 to 599.");
        var body = questions.Ask("Body, or @file", "", text => FaultOf(() => GivenFile.Text(text, call.Console)));
        return WrittenExample.Of(null, method, path, WrittenExample.Response(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), [], GivenFile.Text(body, call.Console)));
    }

    private async Task<MockDraft> EnvironmentAsync(MockDraft draft, CancellationToken cancellationToken)
    {
        var stored = await new EnvironmentStore(call.Cluster).ListAsync(call.Namespace, cancellationToken);
        var chosen = questions.Choose("Environment?", ["None", "One that Postman exported", .. stored.Select(static one => $"{one.Key.Name} ({Printable.Line(one.DisplayName)})")]);
        return chosen switch
        {
            0 => draft,
            1 => draft with { EnvironmentDocument = GivenFile.Environment(questions.Ask("File", null, text => FaultOf(() => GivenFile.Environment(text, call.Console))), call.Console) },
            _ => draft with { Environment = new EnvironmentSpec { Postman = stored[chosen - 2].ToReference() } },
        };
    }

    private DelaySpec? Delay() => questions.Choose("Delay of its answers?", ["None", "2G (300 ms)", "3G (100 ms)", "Another"]) switch
    {
        0 => null,
        1 => new DelaySpec { Preset = DelayPreset.TwoG },
        2 => new DelaySpec { Preset = DelayPreset.ThreeG },
        _ => SettingText.Delay(questions.Ask("Delay", null, static text => FaultOf(() => SettingText.Delay(text)))),
    };

    private static string? Proposed(MockDraft draft)
    {
        var name = ObjectName.Of(draft.Document?.Name ?? draft.Collection?.Name ?? "");
        return name.Length > 0 ? name : null;
    }

    private static string? NameFault(string name) =>
        MockServerRules.Check(name, new MockServerSpec { CollectionRef = new CollectionReference { Name = "any" } }).FirstOrDefault(static problem => problem.Path == "metadata.name")?.Message;

    private static string? FaultOf<T>(Func<T> read)
    {
        try
        {
            read();
            return null;
        }
        catch (CommandException e)
        {
            return e.Message;
        }
    }
}
