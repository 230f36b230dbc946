namespace MockOperator.Mocking.Templating;

/// <summary>A piece of a template. Immutable; shared by all requests.</summary>
internal abstract class TemplatePart
{
    /// <summary>Whether it may look at the body of the request.</summary>
    public virtual bool ReadsBody => false;

    /// <summary>Writes the piece for one request. Never throws, whatever the request holds.</summary>
    public abstract void Write(ref Utf8Sink sink, ref RenderContext context);
}
