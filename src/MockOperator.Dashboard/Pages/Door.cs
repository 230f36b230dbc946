using MockOperator.Dashboard.Access;

namespace MockOperator.Dashboard.Pages;

/// <summary>
/// What every page is behind: who asks is known, what changes something was sent by a page of ours, and what goes wrong is told in a sentence, with what had been typed kept.
/// </summary>
internal sealed partial class Door(IEndpointRouteBuilder routes, Site site, ILogger logger)
{
    /// <summary>Maps a page that is read.</summary>
    public void Get(string pattern, Func<Visit, Task> show) => routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], http => EnterAsync(http, show));

    /// <summary>Maps what a form is sent to. Its token is checked before anything else is done.</summary>
    public void Post(string pattern, Func<Visit, Form, Task> act) => routes.MapMethods(pattern, [HttpMethods.Post], http => EnterAsync(http, async visit => await act(visit, await visit.ReadFormAsync())));

    private async Task EnterAsync(HttpContext http, Func<Visit, Task> enter)
    {
        using var caller = site.Access.Recognise(http);
        if (caller is null)
        {
            await SignIn.AskAsync(site, http, null);
            return;
        }

        var visit = new Visit(site, http, caller);
        try
        {
            await enter(visit);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            var fault = Fault.Of(e) ?? Fault.OfProgram;
            if (fault == Fault.OfProgram)
                Failed(logger, http.Request.Method, http.Request.Path, e);
            if (fault.IsUnknownCaller && site.Access.TakesTokens)
            {
                site.Access.End(http);
                await SignIn.AskAsync(site, http, fault, visit.FormThatWasRead);
                return;
            }

            await visit.ShowAsync(fault.Title, Section.None, new Pages_Problem { Model = ProblemOf(visit, fault) }, fault.Status, NamespaceChoiceOf(visit, fault));
        }
    }

    private Problem ProblemOf(Visit visit, Fault fault) => new(
        fault,
        fault.IsUnknownCaller ? CureOfUnknown() : null,
        HttpMethods.IsPost(visit.Http.Request.Method) ? visit.Http.Request.Path : visit.Http.Request.Path + visit.Http.Request.QueryString,
        HttpMethods.IsPost(visit.Http.Request.Method) ? visit.FormThatWasRead?.Fields.ToList() : null,
        visit.NewToken());

    private string CureOfUnknown() => site.Access is TokenAccess
        ? "Sign in again at the proxy that led you here: reload the page, or sign out there first."
        : "Log in to the cluster again as it wants it (try `kubectl get pods`), start the dashboard again if the kubeconfig changed, and come back to this page.";

    private static string? NamespaceChoiceOf(Visit visit, Fault fault) =>
        fault.Status == StatusCodes.Status403Forbidden && HttpMethods.IsGet(visit.Http.Request.Method) && visit.Route("name").Length == 0 ? visit.Http.Request.Path.Value : null;

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void Failed(ILogger logger, string method, string path, Exception exception);
}
