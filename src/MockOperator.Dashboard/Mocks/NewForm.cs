using MockOperator.Client.Documents;
using MockOperator.Client.Environments;
using MockOperator.Client.Mocks;
using MockOperator.Client.Naming;
using MockOperator.Dashboard.Access;
using MockOperator.Dashboard.Pages;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Mocks;

/// <summary>The form of a new mock, with the choices of Postman's dialog.</summary>
internal sealed record NewForm
{
    private const int MostExamples = 50;

    /// <summary>What was typed, or what the form begins with.</summary>
    public required Form Typed { get; init; }

    /// <summary>Where the examples come from: <c>api</c>, <c>collection</c> or <c>file</c>.</summary>
    public required string From { get; init; }

    /// <summary>The examples of a new API.</summary>
    public required IReadOnlyList<TypedExample> Examples { get; init; }

    /// <summary>The namespace; empty when it is typed.</summary>
    public required string Namespace { get; init; }

    /// <summary>Collections of the namespace; null when they cannot be listed.</summary>
    public CollectionChoices? Collections { get; init; }

    /// <summary>Versions of the collection that is chosen.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>Environments of the namespace; null when they cannot be listed.</summary>
    public IReadOnlyList<StoredEnvironment>? Environments { get; init; }

    /// <summary>What is wrong, by field; the empty name for what belongs to none.</summary>
    public IReadOnlyList<(string Field, string Message)> Problems { get; init; } = [];

    /// <summary>What would be applied; null when it was not asked for.</summary>
    public string? Preview { get; init; }

    /// <summary>Why no mock can be made here; null when one can.</summary>
    public string? CannotCreate { get; init; }

    /// <summary>The token of the form.</summary>
    public required string Token { get; init; }

    /// <summary>What is wrong with a field; null for nothing.</summary>
    public string? ProblemOf(string field) => Problems.FirstOrDefault(problem => problem.Field == field).Message;

    /// <summary>Shows an empty form.</summary>
    public static async Task ShowAsync(Visit visit)
    {
        var begin = new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(StringComparer.Ordinal)
        {
            ["collection"] = visit.Query("collection"),
            ["version"] = CollectionSpec.CurrentVersion,
            ["from"] = visit.Query("from") is { Length: > 0 } from ? from : visit.Query("collection").Length > 0 ? "collection" : "",
        };
        await ShowAsync(visit, await OfAsync(visit, new Form(begin), visit.Namespace));
    }

    /// <summary>Makes the mock, shows what would be made, or changes the number of rows.</summary>
    public static async Task TakeAsync(Visit visit, Form form)
    {
        var ns = form["namespace"];
        var page = await OfAsync(visit, form, ns);
        var act = form["do"];
        if (act == "add-row" || act.StartsWith("remove-", StringComparison.Ordinal))
        {
            await ShowAsync(visit, page with { Examples = Rows(page.Examples, act) });
            return;
        }

        var problems = new List<(string Field, string Message)>();
        try
        {
            var draft = Draft(page, form, ns, problems);
            if (draft is not null && problems.Count == 0)
            {
                if (act == "preview")
                {
                    await ShowAsync(visit, page with { Preview = PreviewOf(visit, draft) });
                    return;
                }

                await new MockMaker(visit.Cluster).MakeAsync(draft, cancellationToken: visit.Ends);
                await visit.GoAsync(Links.Mock(new ObjectKey(ns, draft.Name), "made"));
                return;
            }
        }
        catch (Exception e) when (Fault.Of(e) is { IsUnknownCaller: false } fault)
        {
            problems.Add((FieldOf(e), fault.Message));
            await ShowAsync(visit, page with { Problems = problems }, fault.Status);
            return;
        }

        await ShowAsync(visit, page with { Problems = problems }, 422);
    }

    private static string FieldOf(Exception e) => e is ApiException { Kind: ApiFailure.AlreadyExists } ? "name" : "";

    private static Task ShowAsync(Visit visit, NewForm page, int status = 200) =>
        visit.ShowAsync("New mock server", Section.Mocks, new Mocks_New { Model = page }, status, page.Namespace.Length == 0 || status == 200 ? Links.NewMock : null);

    private static async Task<NewForm> OfAsync(Visit visit, Form form, string ns)
    {
        var act = Act.CreateMock(ns);
        var missing = ns.Length == 0 ? null : visit.MissingAsync(act);
        var collections = await CollectionChoices.ReadAsync(visit, ns);
        var chosen = form["collection"];
        var from = form["from"] is "api" or "collection" or "file" ? form["from"] : collections is { Names.Count: > 0 } ? "collection" : "api";
        var examples = RowsOf(form);
        return new NewForm
        {
            Typed = form,
            From = from,
            Examples = examples.Count == 0 ? [TypedExample.Empty] : examples,
            Namespace = ns,
            Collections = collections,
            Versions = ns.Length > 0 && chosen.Length > 0 ? await VersionsAsync(visit, new ObjectKey(ns, chosen)) : [],
            Environments = await EnvironmentsAsync(visit, ns),
            CannotCreate = missing is not null && (await missing).Contains(act) ? $"You may not make mock servers in {ns}: what is missing is the right {act}. Choose another namespace, or ask whoever keeps this one." : null,
            Token = visit.NewToken(),
        };
    }

    private static List<TypedExample> RowsOf(Form form)
    {
        var (methods, paths, statuses, bodies) = (form.All("example.method"), form.All("example.path"), form.All("example.status"), form.All("example.body"));
        return [.. paths.Take(MostExamples).Select((path, i) => new TypedExample(methods.ElementAtOrDefault(i) ?? "GET", path.Trim(), (statuses.ElementAtOrDefault(i) ?? "200").Trim(), bodies.ElementAtOrDefault(i) ?? ""))];
    }

    private static IReadOnlyList<TypedExample> Rows(IReadOnlyList<TypedExample> rows, string act)
    {
        if (act == "add-row")
            return rows.Count < MostExamples ? [.. rows, TypedExample.Empty] : rows;
        return int.TryParse(act["remove-".Length..], out var index) && rows.Count > 1 ? [.. rows.Where((_, i) => i != index)] : rows;
    }

    private static MockDraft? Draft(NewForm page, Form form, string ns, List<(string, string)> problems)
    {
        var title = form["title"];
        var name = form["name"] is { Length: > 0 } given ? given : ObjectName.Of(title);
        if (ns.Length == 0)
            problems.Add(("namespace", "Choose a namespace."));
        if (name.Length == 0)
            problems.Add(("title", "Give the mock server a name."));
        else if (!ObjectName.IsOfMock(name))
            problems.Add(("name", $"The name in the URL is made of small letters, digits and dashes, begins with a letter, and has at most {ObjectName.Longest} of them."));
        var examples = page.From == "api" ? ExamplesOf(page.Examples, problems) : null;
        var reference = page.From == "collection" ? ReferenceOf(form, problems) : null;
        CollectionDocument? document = null;
        if (page.From == "file")
        {
            if (form.File("file") is { } bytes)
                document = CollectionDocument.Read(bytes);
            else
                problems.Add(("file", "Choose the file that Postman exported. A browser forgets it whenever a form is shown again."));
        }

        if (form.Has("save") && (form["save.configmap"].Length == 0 || form["save.key"].Length == 0))
            problems.Add(("save", "Name the ConfigMap and the key in it."));
        if (problems.Count > 0)
            return null;
        var environmentFile = form.File("environment.file");
        return new MockDraft
        {
            Name = name,
            Namespace = ns,
            DisplayName = title.Length > 0 && title != name ? title : null,
            Examples = examples,
            Collection = reference,
            Document = document,
            Environment = environmentFile is null ? EnvironmentOf(page, form["environment"]) : null,
            EnvironmentDocument = environmentFile is { } export ? EnvironmentDocument.Read(export) : null,
            Private = form.Has("private"),
            SaveUrl = form.Has("save") ? new ConfigMapKeyReference { Name = form["save.configmap"], Key = form["save.key"] } : null,
            Delay = DelayChoice.Read(form),
        };
    }

    private static List<ExampleSpec> ExamplesOf(IReadOnlyList<TypedExample> rows, List<(string, string)> problems)
    {
        var examples = new List<ExampleSpec>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Count; i++)
        {
            var name = rows[i].SuggestedName;
            for (var more = 2; !names.Add(name); more++)
                name = $"{rows[i].SuggestedName} ({more})";
            if (rows[i].ToSpec(name, out var problem) is { } example)
                examples.Add(example);
            else
                problems.Add(($"example-{i}", $"Request {i + 1}: {problem}"));
        }

        return examples;
    }

    private static CollectionReference? ReferenceOf(Form form, List<(string, string)> problems)
    {
        var (collection, version) = (form["collection"], form["version"]);
        if (collection.Length == 0)
        {
            problems.Add(("collection", "Choose a collection."));
            return null;
        }

        return new CollectionReference { Name = collection, Version = version.Length == 0 || version == CollectionSpec.CurrentVersion ? null : version };
    }

    private static EnvironmentSpec? EnvironmentOf(NewForm page, string name)
    {
        if (name.Length == 0)
            return null;
        var isSecret = page.Environments?.FirstOrDefault(one => one.Key.Name == name)?.IsSecret ?? false;
        return new EnvironmentSpec
        {
            Postman = isSecret
                ? new PostmanEnvironmentSource { SecretKeyRef = new SecretKeyReference { Name = name, Key = EnvironmentStore.Key } }
                : new PostmanEnvironmentSource { ConfigMapKeyRef = new ConfigMapKeyReference { Name = name, Key = EnvironmentStore.Key } },
        };
    }

    private static string PreviewOf(Visit visit, MockDraft draft)
    {
        var text = new System.Text.StringBuilder();
        foreach (var one in MockMaker.Render(draft))
        {
            if (text.Length > 0)
                text.Append("---\n");
            // Nobody's values are shown, not even to whoever just sent them.
            text.Append(one is k8s.Models.V1Secret secret ? $"# Secret {secret.Metadata.Name}: its content is not shown\n" : visit.Site.Yaml(Json.OfAny(one)));
        }

        return Show.Cut(text.ToString(), 100_000);
    }

    internal static async Task<IReadOnlyList<StoredEnvironment>?> EnvironmentsAsync(Visit visit, string ns)
    {
        if (ns.Length == 0)
            return null;
        try
        {
            return await new EnvironmentStore(visit.Cluster).ListAsync(ns, visit.Ends);
        }
        catch (ApiException e) when (e.Kind == ApiFailure.Forbidden && e.Code != System.Net.HttpStatusCode.Unauthorized)
        {
            return null;
        }
    }

    internal static async Task<IReadOnlyList<string>> VersionsAsync(Visit visit, ObjectKey collection)
    {
        try
        {
            var found = await visit.Cluster.Api.GetAsync<Collection>(collection, visit.Ends);
            return [CollectionSpec.CurrentVersion, .. found?.Spec?.Versions?.Select(version => version.Tag) ?? []];
        }
        catch (ApiException e) when (e.Kind == ApiFailure.Forbidden && e.Code != System.Net.HttpStatusCode.Unauthorized)
        {
            return [];
        }
    }
}
