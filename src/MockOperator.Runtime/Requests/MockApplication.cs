using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;
using MockOperator.Mocking;
using MockOperator.Mocking.Matching;
using MockOperator.Mocking.Serving;
using MockOperator.Resources;
using MockOperator.Runtime.Access;
using MockOperator.Runtime.Connections;
using MockOperator.Runtime.Cors;
using MockOperator.Runtime.Memory;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;
using MockOperator.Runtime.Quotas;

namespace MockOperator.Runtime.Requests;

/// <summary>
/// The way of a request: which mock, then CORS, access, limits, match, delay, respond, record. It takes no lock, waits for nobody else and allocates nothing for a
/// static example.
/// </summary>
internal sealed partial class MockApplication(MockDirectory mocks, RuntimeState state, DelayGate delays, WorkGate longWork, HeldMemory memory, TimeProvider time, ILogger<MockApplication> log)
    : IHttpApplication<MockExchange>
{
    private const int MaxNamesTold = 20;

    /// <summary>From here on repeating a body takes long enough to keep other connections waiting. What comparing takes is counted (<see cref="WorkBudget"/>).</summary>
    private const int LongBodyBytes = 32 * 1024;

    /// <summary>From here on rendering does.</summary>
    private const int ManyTokens = 100;

    private readonly ExplanationLimit _explanations = new(ExplanationLimit.DefaultCapacity);
    private readonly SlowReaders _slowReaders = new(memory.Responses);

    /// <inheritdoc/>
    public MockExchange CreateContext(IFeatureCollection contextFeatures)
    {
        MockExchange exchange = contextFeatures is IHostContextContainer<MockExchange> connection
            ? connection.HostContext ??= NewExchange(contextFeatures)
            : NewExchange(contextFeatures);
        exchange.Begin(contextFeatures, time.GetTimestamp());
        return exchange;
    }

    /// <inheritdoc/>
    public async Task ProcessRequestAsync(MockExchange context)
    {
        if (state.IsDraining)
        {
            context.Response.Headers.Connection = "close";
        }

        try
        {
            if (Admit(context) is { } refused)
            {
                await RefuseAsync(context, refused);
                return;
            }

            CorsPolicy cors = context.Content!.Cors;
            if (cors.IsPreflight(context.Request.Method, context.Request.Headers))
            {
                context.IsPreflight = true;
                await Answer.SendPreflightAsync(context, cors);
                return;
            }

            if (Authorize(context) is { } unauthorized)
            {
                context.Outcome = RequestOutcome.Unauthorized;
                await Answer.SendAsync(context, unauthorized);
                return;
            }

            if (context.Mock!.Limits is { } limits && await EnterAsync(context, limits) is { } overLimit)
            {
                context.Mock.Instruments.Refused(overLimit.Reason);
                await RefuseAsync(context, ErrorAnswer.Limited(overLimit));
                return;
            }

            await AnswerAsync(context);
        }
        catch (Exception departure) when (HasLeft(context, departure))
        {
            context.Outcome = RequestOutcome.Aborted;

            // The server may not have heard of it yet; it would go on reading, and call what it finds a fault.
            context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
        }
        catch (OutOfMemoryException) when (!context.Response.HasStarted)
        {
            // So much is asked for at once that the budgets are not enough: no fault of this request, and it may be answered in a moment.
            await ReplaceAsync(context, RequestOutcome.Rejected, ErrorAnswer.Overloaded);
        }
#pragma warning disable CA1031 // Whatever goes wrong, the client gets an answer and the process lives on.
        catch (Exception fault) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            LogFault(context.Mock?.Name, fault);
            await ReplaceAsync(context, RequestOutcome.Error, ErrorAnswer.Fault);
        }
    }

    /// <inheritdoc/>
    public void DisposeContext(MockExchange context, Exception? exception)
    {
        if (context.Mock is { } mock && !context.IsPreflight)
        {
            TimeSpan spent = time.GetElapsedTime(context.Started) - context.Delayed;
            mock.Instruments.Count(context.Response.StatusCode, context.Outcome, Math.Max(0, spent.TotalSeconds));
            mock.Instruments.Carried(context.ReceivedBytes, context.Sent);
            if (context.Outcome == RequestOutcome.Matched)
            {
                context.Content!.Usage.Count(context.Example);
            }
        }

        if (context.Outcome == RequestOutcome.Aborted)
        {
            CallScribe.WriteAborted(context);
        }

        // What was refused after all, or given up before anything was sent, was no answered call.
        context.Pass?.End(isAnswered: context.Outcome != RequestOutcome.Rejected && (context.Outcome != RequestOutcome.Aborted || context.Response.HasStarted));
        context.End();
    }

    /// <summary>Whether it is the client that ended the request: its own doing, and no fault of ours, even where the connection is not yet known to be gone.</summary>
    private static bool HasLeft(MockExchange exchange, Exception departure) =>
        ((departure as OperationCanceledException)?.InnerException ?? departure) is ConnectionResetException or ConnectionAbortedException
        || (departure is OperationCanceledException or IOException && exchange.Aborted.IsCancellationRequested);

    private MockExchange NewExchange(IFeatureCollection features) => new(memory, _slowReaders, features.Get<RefusalWriter>(), features.Get<ConnectionSeat>());

    private async Task RefuseAsync(MockExchange exchange, ErrorAnswer refused)
    {
        exchange.Outcome = RequestOutcome.Rejected;
        exchange.LetGoOfBody();
        await Answer.SendAsync(exchange, refused);
        if (refused == ErrorAnswer.BodyTooLarge)
        {
            await RequestBody.DiscardAsync(exchange.Features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader, time, exchange.Aborted);
        }
    }

    /// <summary>Answers so instead of what was begun.</summary>
    private static Task ReplaceAsync(MockExchange exchange, RequestOutcome outcome, ErrorAnswer answer)
    {
        exchange.Response.Headers.Clear();
        exchange.Response.ReasonPhrase = null;
        exchange.Outcome = outcome;
        return Answer.SendAsync(exchange, answer);
    }

    /// <summary>Finds the mock and judges request line and announced length: what needs no example to be answered.</summary>
    private ErrorAnswer? Admit(MockExchange exchange)
    {
        HostTable table = mocks.Table;
        string host = exchange.Request.Headers.Host.ToString();
        string raw = exchange.Request.RawTarget;
        HostedMock? mock = table.Find(host) ?? FindByPath(table, host, ref raw);
        if (mock is null)
        {
            return NoMock(table);
        }

        exchange.Mock = mock;
        exchange.Content = mock.Content;
        if (exchange.Content is null)
        {
            return ErrorAnswer.NotLoaded;
        }

        if (!RequestTarget.TryRead(raw, out string? target, out ErrorAnswer? error))
        {
            return error;
        }

        if (exchange.Request.Headers.ContentLength > RequestBody.LimitBytes)
        {
            return ErrorAnswer.BodyTooLarge;
        }

        exchange.Target = exchange.Content.Prefixes.Strip(exchange.Request.Headers, target);
        return null;
    }

    private static HostedMock? FindByPath(HostTable table, string host, ref string raw) =>
        table.TellsNames && RequestTarget.TryRead(raw, out string? target, out _) ? table.FindByPath(host, target, out raw) : null;

    private static ErrorAnswer NoMock(HostTable table)
    {
        if (table.Mocks.Count == 0)
        {
            return ErrorAnswer.NotLoaded;
        }

        return table.TellsNames
            ? ErrorAnswer.UnknownAmong(table.Mocks.Take(MaxNamesTold).Select(static mock => mock.Name + ".localhost"))
            : ErrorAnswer.UnknownMock;
    }

    /// <summary>Judges the caller, and takes its key out of the request before anything else sees it.</summary>
    private static ErrorAnswer? Authorize(MockExchange exchange)
    {
        ApiKeyGate gate = exchange.Content!.Gate;
        if (!gate.IsNeeded)
        {
            return null;
        }

        AccessVerdict verdict = gate.Judge(exchange.Request.Headers, exchange.Client, exchange.Mock!.Throttle, exchange.Started);
        if (verdict.Entry is { } key)
        {
            exchange.Mock.Instruments.Admitted(key);
            exchange.KeyName = key.Name;
        }

        return verdict.Outcome switch
        {
            AccessOutcome.Admitted => null,
            AccessOutcome.Throttled => ErrorAnswer.TooManyKeys,
            _ => ErrorAnswer.Unauthorized(gate.Refusals.Of(verdict.Outcome)),
        };
    }

    /// <summary>Judges a call by the limits of its mock, which only waits when a quota has nothing left here.</summary>
    private static ValueTask<CallRefusal?> EnterAsync(MockExchange exchange, CallLimits limits)
    {
        CallPass pass = exchange.Pass ??= new CallPass();
        return pass.TryEnter(limits, exchange.Started, out CallRefusal? refused) ? new(refused) : pass.WaitAsync(exchange.Aborted);
    }

    private async Task AnswerAsync(MockExchange exchange)
    {
        MockPlan plan = exchange.Content!.Plan;
        if (plan.NeedsBody(exchange.Request.Method, exchange.Headers))
        {
            if (await ReadBodyAsync(exchange) is { } refused)
            {
                await RefuseAsync(exchange, refused);
                return;
            }
        }
        else if (exchange.Mock!.Journal?.Settings.Keep == CallKeeping.All && MayHaveBody(exchange))
        {
            await ReadForJournalAsync(exchange);
        }

        if (plan.WantsExplanation(exchange.Headers))
        {
            await ExplainAsync(exchange, plan);
            return;
        }

        MatchResult result = MatchWithin(new WorkBudget(WorkBudget.OfSocketThread), exchange, plan);
        bool isLong = result.Outcome == MatchOutcome.TooMuch;
        if (isLong)
        {
            (result, ErrorAnswer? tooMuch) = await MatchAtLengthAsync(exchange, plan);
            if (tooMuch is not null)
            {
                await RefuseAsync(exchange, tooMuch);
                return;
            }
        }

        exchange.Outcome = OutcomeOf(result.Outcome);
        exchange.Example = result.Response?.ExampleIndex ?? -1;
        if (!result.HasResponse)
        {
            await SendNotFoundAsync(exchange, plan, result, isLong);
            return;
        }

        if (!result.Response.ReadsBody)
        {
            exchange.LetGoOfBody();
        }

        if (result.Delay > TimeSpan.Zero && !await DelayAsync(exchange, result.Delay))
        {
            await RefuseAsync(exchange, ErrorAnswer.Overloaded);
            return;
        }

        if (result.Response.TokenCount >= ManyTokens || (result.Response.ReadsBody && exchange.Body.Bytes.Length > LongBodyBytes))
        {
            await LeaveSocketThread();
        }

        await Answer.SendAsync(exchange, result.Response, result.Captures);
    }

    private static MatchResult MatchWithin(WorkBudget budget, MockExchange exchange, MockPlan plan) => plan.Match(Describe(exchange), ref budget);

    /// <summary>Matches what is too much for the thread of a socket.</summary>
    private async ValueTask<(MatchResult Result, ErrorAnswer? Refused)> MatchAtLengthAsync(MockExchange exchange, MockPlan plan)
    {
        MatchResult result = default;
        bool isDone = await WorkAsync(exchange, () => result = MatchWithin(new WorkBudget(WorkBudget.OfRequest, exchange.Aborted), exchange, plan));
        return (result, !isDone ? ErrorAnswer.Overloaded : result.Outcome == MatchOutcome.TooMuch ? ErrorAnswer.TooMuch(result.Excess) : null);
    }

    /// <summary>Answers with the table of scores.</summary>
    private async Task ExplainAsync(MockExchange exchange, MockPlan plan)
    {
        if (!_explanations.TryEnter())
        {
            await RefuseAsync(exchange, ErrorAnswer.TooManyExplanations);
            return;
        }

        RequestExcess excess = RequestExcess.None;
        bool isDone;
        try
        {
            isDone = await WorkAsync(exchange, () => excess = plan.WriteExplanation(Describe(exchange), exchange.Scratch, exchange.Aborted));
        }
        finally
        {
            _explanations.Exit();
        }

        if (!isDone || excess != RequestExcess.None)
        {
            await RefuseAsync(exchange, isDone ? ErrorAnswer.TooMuch(excess) : ErrorAnswer.Overloaded);
            return;
        }

        exchange.Outcome = RequestOutcome.Explained;
        await Answer.SendJsonAsync(exchange, StatusCodes.Status200OK);
    }

    /// <summary>Answers that nothing matched: with a description, if the mock gives any and not too many are being made. The journal has it in any case.</summary>
    private async Task SendNotFoundAsync(MockExchange exchange, MockPlan plan, MatchResult result, bool isLong)
    {
        bool isKept = exchange.Mock!.Journal?.Keeps(exchange.Outcome) is true;
        if (isKept && MayHaveBody(exchange) && !exchange.Body.IsRead)
        {
            await ReadForJournalAsync(exchange);
        }

        bool isWanted = plan.DescribesErrors || isKept;
        if (isWanted && _explanations.TryEnter())
        {
            try
            {
                await WorkAsync(exchange, () => exchange.Nearest = plan.FindNearest(Describe(exchange), result, exchange.Aborted), isLong);
            }
            finally
            {
                _explanations.Exit();
            }
        }

        plan.WriteError(result, exchange.Nearest, exchange.Scratch);
        await Answer.SendJsonAsync(exchange, StatusCodes.Status404NotFound);
    }

    /// <summary>Works on the thread pool: long work only as much at once as the gate lets through.</summary>
    /// <returns>False when too much of it waits; then nothing was done.</returns>
    private async ValueTask<bool> WorkAsync(MockExchange exchange, Action work, bool isLong = true)
    {
        if (isLong && !await longWork.EnterAsync(exchange.Aborted))
        {
            return false;
        }

        try
        {
            await LeaveSocketThread();
            work();
            return true;
        }
        finally
        {
            if (isLong)
            {
                longWork.Exit();
            }
        }
    }

    private static async ValueTask<ErrorAnswer?> ReadBodyAsync(MockExchange exchange)
    {
        if (!MayHaveBody(exchange))
        {
            return null;
        }

        return await exchange.Body.ReadAsync(
            exchange.Features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader, exchange.Request.Headers.ContentLength, exchange.Aborted);
    }

    private static ValueTask ReadForJournalAsync(MockExchange exchange) => exchange.Body.ReadBeginningAsync(
        exchange.Features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader, exchange.Mock!.Journal?.Settings.BodyBytes ?? 0, exchange.Aborted);

    private static bool MayHaveBody(MockExchange exchange) => exchange.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };

    private async Task<bool> DelayAsync(MockExchange exchange, TimeSpan delay)
    {
        long begun = time.GetTimestamp();
        try
        {
            return await delays.HoldAsync(delay, exchange.Aborted);
        }
        finally
        {
            exchange.Delayed = time.GetElapsedTime(begun);
            exchange.Mock!.Instruments.Delayed(exchange.Delayed);
        }
    }

    /// <summary>Goes on by the thread pool: sockets are served inline, so work of more than microseconds is done elsewhere.</summary>
    private static YieldAwaitable LeaveSocketThread() => Task.Yield();

    private static MockRequest Describe(MockExchange exchange) =>
        new(exchange.Request.Method, exchange.Target, exchange.Headers, exchange.Body.Bytes);

    private static RequestOutcome OutcomeOf(MatchOutcome outcome) => outcome switch
    {
        MatchOutcome.Matched => RequestOutcome.Matched,
        MatchOutcome.RequestWithoutExample => RequestOutcome.NoExample,
        MatchOutcome.ServerResponse => RequestOutcome.ServerResponse,
        _ => RequestOutcome.NoMatch,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A request to mock {Mock} failed")]
    private partial void LogFault(string? mock, Exception fault);
}
