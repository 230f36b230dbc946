using System.Text;
using MockOperator.Client.Documents;
using MockOperator.Client.Environments;
using MockOperator.Client.Mocks;
using MockOperator.Dashboard.Pages;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Mocks;

/// <summary>The settings of a mock: what Postman's dialog edits, how it serves, and what would be applied.</summary>
internal sealed record EditForm
{
    /// <summary>Stands for an environment that is no stored one, and stays as it is.</summary>
    public const string SameEnvironment = "=";

    /// <summary>The mock.</summary>
    public required MockHead Head { get; init; }

    /// <summary>The name for people.</summary>
    public required string Title { get; init; }

    /// <summary>The collection; empty for one of its own.</summary>
    public required string Collection { get; init; }

    /// <summary>Collections to choose from; null when they cannot be listed.</summary>
    public required CollectionChoices? Collections { get; init; }

    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>Versions of the collection.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>The environment: a stored one, <see cref="SameEnvironment"/>, or empty for none.</summary>
    public required string Environment { get; init; }

    /// <summary>Environments to choose from; null when they cannot be listed.</summary>
    public required IReadOnlyList<StoredEnvironment>? Environments { get; init; }

    /// <summary>Whether callers need a key.</summary>
    public required bool Private { get; init; }

    /// <summary>The delay, as <see cref="DelayChoice"/> has it.</summary>
    public required string Delay { get; init; }

    /// <summary>Its time.</summary>
    public required string DelayTime { get; init; }

    /// <summary>How it serves.</summary>
    public required ServingFields Serving { get; init; }

    /// <summary>The server response that is given; empty for none.</summary>
    public required string RespondWith { get; init; }

    /// <summary>What would be applied as YAML; empty for nothing.</summary>
    public string Preview { get; init; } = "";

    /// <summary>What is wrong; null for nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>Where to go after it was saved; empty for the mock.</summary>
    public required string Back { get; init; }

    /// <summary>Shows it as the mock is.</summary>
    public static async Task ShowAsync(Visit visit)
    {
        var head = await MockHead.ReadAsync(visit, MockTab.Settings);
        await ShowAsync(visit, await OfAsync(visit, head, null, visit.Query("back")));
    }

    /// <summary>Saves it, or shows what would be saved.</summary>
    public static async Task TakeAsync(Visit visit, Form form)
    {
        var head = await MockHead.ReadAsync(visit, MockTab.Settings);
        var page = await OfAsync(visit, head, form, form["back"]);
        try
        {
            if (Kept.Why(head.Owner) is { } why)
                throw new DocumentException(why);
            if (page.Collection != (head.Mock.Spec?.CollectionRef?.Name ?? "") && page.Versions.Count > 0 && !page.Versions.Contains(page.Version, StringComparer.Ordinal))
            {
                // It was chosen among those of the collection before.
                var missing = page.Version;
                page = page with { Version = CollectionSpec.CurrentVersion };
                throw new DocumentException($"The collection {page.Collection} has no version {missing}. Choose one of its own: {string.Join(", ", page.Versions)}.");
            }

            var edit = page.ToEdit(form);
            var patch = MockEditor.Patch(head.Mock, edit);
            page = page with { Preview = PreviewOf(visit, patch) };
            if (form["do"] == "preview")
            {
                await ShowAsync(visit, page);
                return;
            }

            await new MockEditor(visit.Cluster).EditAsync(visit.Key, edit, cancellationToken: visit.Ends);
            var back = page.Back == "list" ? Links.Mocks : page.Back == "collection" && page.Collection.Length > 0 ? Links.Collection(visit.Key with { Name = page.Collection }) : Links.Mock(visit.Key);
            await visit.GoAsync(Links.With(back, (Notices.Parameter, page.Preview.Length == 0 && edit.EnvironmentDocument is null ? "unchanged" : "saved")));
        }
        catch (Exception e) when (Fault.Of(e) is { IsUnknownCaller: false } fault)
        {
            await ShowAsync(visit, page with { Problem = fault.Message }, fault.Status);
        }
    }

    private static Task ShowAsync(Visit visit, EditForm page, int status = 200) => page.Head.ShowAsync(visit, new Mocks_Edit { Model = page }, "Settings", status);

    private static async Task<EditForm> OfAsync(Visit visit, MockHead head, Form? form, string back)
    {
        var spec = head.Mock.Spec ?? new MockServerSpec();
        var collection = form?["collection"] is { Length: > 0 } chosen && spec.CollectionRef is not null ? chosen : spec.CollectionRef?.Name ?? "";
        var versions = NewForm.VersionsAsync(visit, visit.Key with { Name = collection });
        var collections = collection.Length > 0 ? CollectionChoices.ReadAsync(visit, visit.Key.Namespace) : Task.FromResult<CollectionChoices?>(null);
        var environments = NewForm.EnvironmentsAsync(visit, visit.Key.Namespace);
        return new EditForm
        {
            Head = head,
            Title = form?["title"] ?? spec.DisplayName ?? "",
            Collection = collection,
            Collections = await collections,
            Version = form?["version"] is { Length: > 0 } version ? version : spec.CollectionRef?.Version ?? CollectionSpec.CurrentVersion,
            Versions = collection.Length > 0 ? await versions : [],
            Environment = form?["environment"] ?? EnvironmentOf(spec.Environment),
            Environments = await environments,
            Private = form?.Has("private") ?? spec.Private ?? false,
            Delay = form?["delay"] ?? DelayChoice.Of(spec.Delay),
            DelayTime = form?["delay.time"] ?? spec.Delay?.Fixed ?? "",
            Serving = (form is null ? null : ServingFields.Read(form, spec)) ?? ServingFields.Of(spec),
            RespondWith = form?["respond"] ?? spec.ActiveServerResponse ?? "",
            Back = back is "list" or "collection" ? back : "",
        };
    }

    private static string EnvironmentOf(EnvironmentSpec? environment) => environment switch
    {
        null => "",
        { Postman: { ConfigMapKeyRef: { Key: EnvironmentStore.Key } map }, Variables: null, From: null } => map.Name,
        { Postman: { SecretKeyRef: { Key: EnvironmentStore.Key } secret }, Variables: null, From: null } => secret.Name,
        _ => SameEnvironment,
    };

    private MockEdit ToEdit(Form form) => new()
    {
        DisplayName = Title,
        Collection = Head.Mock.Spec?.CollectionRef is null ? null : Collection,
        Version = Head.Mock.Spec?.CollectionRef is null ? null : Version,
        Environment = Environment == SameEnvironment || form.File("environment.file") is not null || Environment == EnvironmentOf(Head.Mock.Spec?.Environment) ? null : Environment,
        IsEnvironmentSecret = Environments?.FirstOrDefault(one => one.Key.Name == Environment)?.IsSecret ?? false,
        EnvironmentDocument = form.File("environment.file") is { } bytes ? EnvironmentDocument.Read(bytes) : null,
        Private = Private,
        Delay = Delay == "range" ? null : DelayChoice.Read(form) ?? new DelaySpec(),
        Serving = form.Has("serving") ? Serving.ToEdit() : null,
        Replicas = form.Has("serving") ? Serving.Replicas() : null,
        RespondWith = RespondWith,
    };

    private static string PreviewOf(Visit visit, ReadOnlyMemory<byte> patch) => Encoding.UTF8.GetString(patch.Span).Trim() == "{}" ? "" : visit.Site.Yaml(patch);
}
