using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;
using MockOperator.Mocking;
using MockOperator.Mocking.Serving;
using MockOperator.Runtime.Access;
using MockOperator.Runtime.Cors;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;

namespace MockOperator.Runtime.Requests;

/// <summary>
/// The way of a request: which mock, then CORS, access, match, delay, respond, record. It takes no lock, waits for nobody else and allocates nothing for a
/// static example.
/// </summary>
internal sealed partial class MockApplication(MockDirectory mocks, RuntimeState state, DelayGate delays, TimeProvider time, ILogger<MockApplication> log)
    : IHttpApplication<MockExchange>
{
    private const int MaxNamesTold = 20;

    /// <summary>From here on comparing a body, or repeating it, takes long enough to keep other connections waiting.</summary>
    private const int LongBodyBytes = 32 * 1024;

    /// <summary>From here on rendering does.</summary>
    private const int ManyTokens = 100;
    private const long AllBodiesBytes = 64L * 1024 * 1024;
    private readonly BodyBudget _bodies = new(AllBodiesBytes);

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

            await AnswerAsync(context);
        }
        catch (OperationCanceledException) when (context.Aborted.IsCancellationRequested)
        {
            context.Outcome = RequestOutcome.Aborted;
        }
#pragma warning disable CA1031 // Whatever goes wrong, the client gets an answer and the process lives on.
        catch (Exception fault) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            LogFault(context.Mock?.Name, fault);
            context.Response.Headers.Clear();
            context.Response.ReasonPhrase = null;
            context.Outcome = RequestOutcome.Error;
            await Answer.SendAsync(context, ErrorAnswer.Fault);
        }
    }

    /// <inheritdoc/>
    public void DisposeContext(MockExchange context, Exception? exception)
    {
        if (context.Mock is { } mock && !context.IsPreflight)
        {
            TimeSpan spent = time.GetElapsedTime(context.Started) - context.Delayed;
            mock.Instruments.Count(context.Response.StatusCode, context.Outcome, Math.Max(0, spent.TotalSeconds));
        }

        context.End();
    }

    private MockExchange NewExchange(IFeatureCollection features) => new(_bodies, features.Get<RefusalWriter>());

    private static Task RefuseAsync(MockExchange exchange, ErrorAnswer refused)
    {
        exchange.Outcome = RequestOutcome.Rejected;
        return Answer.SendAsync(exchange, refused);
    }

    /// <summary>Finds the mock and judges the request line: what needs no example to be answered.</summary>
    private ErrorAnswer? Admit(MockExchange exchange)
    {
        HostTable table = mocks.Table;
        HostedMock? mock = table.Find(exchange.Request.Headers.Host.ToString());
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

        if (!RequestTarget.TryRead(exchange.Request.RawTarget, out string? target, out ErrorAnswer? error))
        {
            return error;
        }

        exchange.Target = exchange.Content.Prefixes.Strip(exchange.Request.Headers.Host, target);
        return null;
    }

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
        }

        return verdict.Outcome switch
        {
            AccessOutcome.Admitted => null,
            AccessOutcome.Throttled => ErrorAnswer.TooManyKeys,
            _ => ErrorAnswer.Unauthorized(gate.Refusals.Of(verdict.Outcome)),
        };
    }

    private async Task AnswerAsync(MockExchange exchange)
    {
        MockPlan plan = exchange.Content!.Plan;
        if (plan.NeedsBody(exchange.Request.Method, exchange.Headers) && await ReadBodyAsync(exchange) is { } refused)
        {
            await RefuseAsync(exchange, refused);
            return;
        }

        if (exchange.Body.Bytes.Length > LongBodyBytes)
        {
            await LeaveSocketThread();
        }

        if (MockPlan.WantsExplanation(exchange.Headers))
        {
            await LeaveSocketThread();
            exchange.Outcome = RequestOutcome.Explained;
            plan.WriteExplanation(Describe(exchange), exchange.Scratch);
            await Answer.SendJsonAsync(exchange, StatusCodes.Status200OK, exchange.Scratch.WrittenMemory);
            return;
        }

        MatchResult result = plan.Match(Describe(exchange));
        exchange.Outcome = OutcomeOf(result.Outcome);
        if (!result.HasResponse)
        {
            await LeaveSocketThread();
            plan.WriteError(Describe(exchange), result, exchange.Scratch);
            await Answer.SendJsonAsync(exchange, StatusCodes.Status404NotFound, exchange.Scratch.WrittenMemory);
            return;
        }

        if (result.Delay > TimeSpan.Zero && !await DelayAsync(exchange, result.Delay))
        {
            await RefuseAsync(exchange, ErrorAnswer.Overloaded);
            return;
        }

        if (result.Response.TokenCount >= ManyTokens)
        {
            await LeaveSocketThread();
        }

        await Answer.SendAsync(exchange, result.Response, result.Captures);
    }

    private static async ValueTask<ErrorAnswer?> ReadBodyAsync(MockExchange exchange)
    {
        if (exchange.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return null;
        }

        return await exchange.Body.ReadAsync(
            exchange.Features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader, exchange.Request.Headers.ContentLength, exchange.Aborted);
    }

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
