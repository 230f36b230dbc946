using System.Diagnostics.CodeAnalysis;

namespace MockOperator.Mocking;

/// <summary>The headers of a request, as the host of the engine keeps them.</summary>
public interface IRequestHeaders
{
    /// <summary>Looks a header up.</summary>
    /// <param name="name">Name, compared without regard to case.</param>
    /// <param name="value">The value; values of a repeated header are joined with <c>", "</c>.</param>
    /// <returns>Whether the request has the header.</returns>
    bool TryGetValue(string name, [NotNullWhen(true)] out string? value);

    /// <summary>
    /// Whether any header may begin with <c>x-mock-</c>, as those do by which a call chooses among examples or says how they are compared. Few calls have any and each is asked for seven: a
    /// host that knows better spares them the look-ups.
    /// </summary>
    bool MayChoose => true;
}
