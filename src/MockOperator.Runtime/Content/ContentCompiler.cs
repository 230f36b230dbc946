using MockOperator.Mocking.Serving;
using MockOperator.Mocking.Templating;
using MockOperator.Resources;
using MockOperator.Runtime.Access;
using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Cors;
using MockOperator.Runtime.Quotas;

namespace MockOperator.Runtime.Content;

/// <summary>Makes what is served out of a definition, a collection and the variables of the environment.</summary>
internal static class ContentCompiler
{
    /// <summary>Compiles a mock. A collection of which nothing can be served is a problem, never a server that is silently empty.</summary>
    /// <param name="revision">Names the content.</param>
    /// <param name="definition">The mock.</param>
    /// <param name="collection">The Postman document; null when the definition embeds native examples.</param>
    /// <param name="environment">Variables, already merged.</param>
    /// <param name="keys">The keys of the mock.</param>
    /// <param name="time">The clock of dynamic values.</param>
    public static ContentReading Compile(
        string revision,
        MockDefinition definition,
        ReadOnlyMemory<byte>? collection,
        IReadOnlyDictionary<string, string> environment,
        ApiKeyRing keys,
        TimeProvider time)
    {
        SpecProblem? broken = CorsRules.Check(definition.Cors).Concat(ApiKeyRules.Check(definition.Access)).Concat(LimitRules.Check(definition)).Concat(CallLogRules.Check(definition.CallLog)).FirstOrDefault();
        if (broken is not null)
        {
            return new ContentReading.Unusable(broken.ToString());
        }

        var options = new MockPlanOptions
        {
            Matching = definition.Matching,
            Delay = definition.Delay,
            ServerResponse = definition.ServerResponse,
            Seed = definition.Seed,
        };
        MockPlan plan;
        if (collection is { } document)
        {
            plan = MockPlan.ReadPostman(document, environment, options);
        }
        else if (definition.Examples is { } examples)
        {
            plan = MockPlan.ReadNative(definition.Name, examples, environment, options);
        }
        else
        {
            return new ContentReading.Unusable("There is neither a collection nor examples.");
        }

        ValueSource values = definition.Seed is { } seed ? ValueSource.Seeded(seed, time) : ValueSource.Random(time);
        return plan.ExampleCount == 0
            ? new ContentReading.Unusable(WhyEmpty(plan)) { Issues = plan.Issues }
            : new ContentReading.Usable(new MockContent(
                revision,
                plan,
                values,
                plan.Name,
                CorsPolicy.Compile(definition.Cors, definition.Access),
                new ApiKeyGate(definition.Access ?? new AccessDefinition(), keys),
                new PathPrefixes(definition.ExposedPaths ?? []))
            {
                Quotas = definition.Quotas ?? [],
                RateLimit = definition.RateLimit,
                CallLog = CallLogSettings.Of(definition.CallLog, definition.Access?.Header ?? ApiKeyRules.DefaultHeader),
            });
    }

    private static string WhyEmpty(MockPlan plan)
    {
        LoadIssue? first = plan.Issues.OrderByDescending(static issue => issue.Severity).FirstOrDefault();
        if (first is null)
        {
            return "The collection has no saved example. Save a response as an example in Postman, or add one under spec.examples.";
        }

        string where = first.Path.Length == 0 ? "" : first.Path + ": ";
        string more = plan.Issues.Length > 1 ? $" ({plan.Issues.Length - 1} more)" : "";
        return $"No example of the collection can be served. {where}{first.Message}{more}";
    }
}
