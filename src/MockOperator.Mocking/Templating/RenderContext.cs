using MockOperator.Mocking.Serving;

namespace MockOperator.Mocking.Templating;

/// <summary>What a template is filled from: one request and what its wildcards captured.</summary>
public ref struct RenderContext
{
    /// <summary>Describes one rendering.</summary>
    /// <param name="request">The call.</param>
    /// <param name="captures">What the wildcards of the chosen example stand for.</param>
    public RenderContext(MockRequest request, Captures captures)
    {
        Request = request;
        Captures = captures;
    }

    /// <summary>The call.</summary>
    public MockRequest Request { get; }

    /// <summary>What the wildcards of the chosen example stand for.</summary>
    public Captures Captures { get; }
}
