using MockOperator.Resources;

namespace MockOperator.Mocking.Matching;

/// <summary>The body of a call, as far as matching asks for it.</summary>
internal ref struct RequestBody
{
    /// <summary>Switches the explicit comparison of bodies on or off for one call; wins over the configuration.</summary>
    internal const string RequestHeader = "x-mock-match-request-body";

    private readonly RequestContent? _content;
    private readonly bool _subset;

    private RequestBody(BodyMatching mode, BodyClasses classes, RequestContent? content)
    {
        IsExplicit = mode != BodyMatching.Ignore;
        _subset = mode == BodyMatching.Subset;
        Classes = classes;
        _content = content;
    }

    /// <summary>Whether an example with another body is removed.</summary>
    internal bool IsExplicit { get; }

    /// <summary>Whether it may say more than an example does.</summary>
    internal readonly bool IsSubset => _subset;

    /// <summary>Classes of the saved bodies that equal this one. Without explicit comparison an empty body has none.</summary>
    internal BodyClasses Classes { get; }

    /// <summary>How a call wants bodies compared.</summary>
    internal static BodyMatching Mode(IRequestHeaders headers, MatchingRules rules)
    {
        if (headers.MayChoose && headers.TryGetValue(RequestHeader, out string? value))
        {
            ReadOnlySpan<char> text = value.AsSpan().Trim();
            if (text.Equals("true", StringComparison.OrdinalIgnoreCase))
            {
                return rules.Body == BodyMatching.Ignore ? BodyMatching.Exact : rules.Body;
            }

            if (text.Equals("false", StringComparison.OrdinalIgnoreCase))
            {
                return BodyMatching.Ignore;
            }
        }

        return rules.Body;
    }

    /// <summary>Reads the body of a call.</summary>
    /// <param name="request">The call.</param>
    /// <param name="mode">How bodies are compared.</param>
    /// <param name="examples">The examples of its method.</param>
    /// <param name="vocabulary">The bodies of the plan.</param>
    /// <param name="budget">What reading takes is taken from it.</param>
    internal static RequestBody Read(in MockRequest request, BodyMatching mode, MethodIndex examples, BodyVocabulary vocabulary, ref WorkBudget budget)
    {
        bool isExplicit = mode != BodyMatching.Ignore;
        if (!isExplicit && (request.Body.IsEmpty || !examples.HasBodies))
        {
            return default;
        }

        bool readsContent = mode == BodyMatching.Subset || (isExplicit && examples.HasBodyWildcards);
        string? contentType = request.ContentType;
        return new RequestBody(
            mode,
            mode == BodyMatching.Subset ? default : vocabulary.Find(request.Body.Span, contentType, ref budget),
            readsContent ? new RequestContent(request.Body, contentType) : null);
    }

    /// <summary>Whether a saved body is equal to this one.</summary>
    internal readonly bool Equals(ExpectedBody body) => Classes.Contains(body.Class);

    /// <summary>Whether an example may stay when bodies are compared explicitly.</summary>
    internal readonly bool Accepts(ExpectedBody body, ref WorkBudget budget) =>
        _subset ? body.Fits(_content!, subset: true, null, ref budget)
        : Classes.Contains(body.Class) || (body.HasWildcards && body.Fits(_content!, subset: false, null, ref budget));

    /// <summary>The body as JSON; null when it is none, or when nothing compares it part by part.</summary>
    internal readonly RequestJson? Json(ref WorkBudget budget) => _content?.Json(ref budget);

    /// <summary>Gives back what was rented.</summary>
    internal readonly void Dispose() => _content?.Dispose();
}
