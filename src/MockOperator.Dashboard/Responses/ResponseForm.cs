using System.Globalization;
using MockOperator.Client.Documents;
using MockOperator.Client.Mocks;
using MockOperator.Dashboard.Mocks;
using MockOperator.Dashboard.Pages;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Responses;

/// <summary>A server response as it is typed, and what would be applied.</summary>
internal sealed record ResponseForm
{
    /// <summary>Longest body that a page shows to be edited, in characters.</summary>
    public const int LongestShown = 32 * 1024;

    private const int LongestPreview = 16 * 1024;

    /// <summary>The mock.</summary>
    public required MockHead Head { get; init; }

    /// <summary>The name that it has; empty for a new one.</summary>
    public required string Was { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its status.</summary>
    public required string Status { get; init; }

    /// <summary>The share of the calls, in percent.</summary>
    public required string Share { get; init; }

    /// <summary>Its headers, one a line.</summary>
    public required string Headers { get; init; }

    /// <summary>Its body; null for one that is too long for a page, and stays as it is.</summary>
    public required string? Body { get; init; }

    /// <summary>Whether calls get it.</summary>
    public required bool Active { get; init; }

    /// <summary>What would be applied as YAML; empty for nothing.</summary>
    public string Preview { get; init; } = "";

    /// <summary>What is wrong; null for nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>Shows one as it is, or a new one.</summary>
    public static async Task ShowAsync(Visit visit)
    {
        var head = await MockHead.ReadAsync(visit, MockTab.Responses);
        var name = ResponsePages.NameOf(visit);
        var there = name.Length == 0 ? null : ServerResponses.Find(head.Mock, name) ?? throw Missing.Of(visit.Key, "server response of that name in the mock server");
        await ShowAsync(visit, Of(head, there));
    }

    /// <summary>Saves it, or shows what would be saved.</summary>
    public static async Task TakeAsync(Visit visit, Form form)
    {
        var head = await MockHead.ReadAsync(visit, MockTab.Responses);
        var page = Typed(head, form);
        try
        {
            ResponsePages.RefuseKept(head.Mock);
            var patch = MockEditor.Patch(head.Mock, page.ToEdit(head.Mock));
            page = page with { Preview = patch.Span.SequenceEqual("{}"u8) ? "" : Show.Cut(visit.Site.Yaml(patch), LongestPreview) };
            if (form["do"] == "preview")
            {
                await ShowAsync(visit, page);
                return;
            }

            await new MockEditor(visit.Cluster).ChangeAsync(visit.Key, page.ToEdit, cancellationToken: visit.Ends);
            await visit.GoAsync(Links.With(ResponsePages.Address(visit), (Notices.Parameter, page.Preview.Length == 0 ? "unchanged" : "saved")));
        }
        catch (Exception e) when (Fault.Of(e) is { IsUnknownCaller: false } fault)
        {
            await ShowAsync(visit, page with { Problem = fault.Message }, fault.Status);
        }
    }

    private static Task ShowAsync(Visit visit, ResponseForm page, int status = 200) =>
        page.Head.ShowAsync(visit, new Responses_Edit { Model = page }, page.Was.Length == 0 ? "New server response" : page.Was, status);

    private static ResponseForm Of(MockHead head, ServerResponseSpec? there) => new()
    {
        Head = head,
        Was = there?.Name ?? "",
        Name = there?.Name ?? "",
        Status = (there?.Status ?? 503).ToString(CultureInfo.InvariantCulture),
        Share = (there?.Share ?? ServerResponseRules.WholeShare).ToString(CultureInfo.InvariantCulture),
        Headers = string.Join('\n', (there?.Headers ?? []).Select(static header => $"{header.Name}: {header.Value}")),
        Body = there?.Body?.Length > LongestShown ? null : there?.Body ?? "",
        Active = there is not null && head.Mock.Spec?.ActiveServerResponse == there.Name,
    };

    private static ResponseForm Typed(MockHead head, Form form) => new()
    {
        Head = head,
        Was = form.Raw("was"),
        Name = form.Raw("response") == form.Raw("was") ? form.Raw("was") : form["response"],
        Status = form["status"],
        Share = form["share"],
        Headers = form.Raw("headers").Trim('\n'),
        Body = form.Has("body") ? form.Raw("body") : null,
        Active = form.Has("active"),
    };

    private MockEdit ToEdit(MockServer mock)
    {
        var there = Was.Length == 0 ? null : ServerResponses.Find(mock, Was);
        var edit = ServerResponses.Put(mock, Was.Length == 0 ? null : Was, ToSpec(there));
        var isActive = mock.Spec?.ActiveServerResponse is { } active && active == Was;
        return Active ? edit with { RespondWith = Name } : isActive ? edit with { RespondWith = "" } : edit;
    }

    private ServerResponseSpec ToSpec(ServerResponseSpec? there) => new()
    {
        Name = Name.Length > 0 ? Name : throw new DocumentException("Name: a server response needs one."),
        Status = Number(Status, "Status", ServerResponseRules.LowestStatus, ServerResponseRules.HighestStatus),
        Share = Share.Length == 0 ? null : Number(Share, "Share of the calls", 1, ServerResponseRules.WholeShare) is var share && share == ServerResponseRules.WholeShare ? null : share,
        Headers = HeadersOf() is { Count: > 0 } headers ? headers : null,
        Body = Body switch
        {
            // A browser sends other line ends than were there, which is no edit.
            null => there?.Body,
            "" => null,
            var typed when typed == there?.Body?.ReplaceLineEndings("\n") => there!.Body,
            var typed => typed,
        },
    };

    private List<HeaderSpec> HeadersOf()
    {
        var headers = new List<HeaderSpec>();
        foreach (var (line, number) in Headers.Split('\n').Select(static (line, index) => (line.Trim(), index + 1)))
        {
            if (line.Length == 0)
                continue;
            headers.Add(HeaderLine.TryRead(line, out var header) ? header : throw new DocumentException($"Headers, line {number}: '{Show.Cut(line, 80)}' is no header. Write name and value with a colon between them, such as Retry-After: 30."));
        }

        return headers;
    }

    private static int Number(string text, string name, int least, int most) =>
        int.TryParse(text.TrimEnd('%', ' '), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new DocumentException($"{name}: '{Show.Cut(text, 40)}' is no number from {least} to {most}.");
}
