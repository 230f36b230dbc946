using System.Globalization;

namespace MockOperator.Mocking.Matching;

/// <summary>The headers by which a call chooses its answer (Postman matching, selector headers).</summary>
internal readonly struct Selectors
{
    /// <summary>Keeps only examples with this status.</summary>
    internal const string StatusHeader = "x-mock-response-code";

    /// <summary>Chooses the example with this id.</summary>
    internal const string IdHeader = "x-mock-response-id";

    /// <summary>Chooses the example with this name.</summary>
    internal const string NameHeader = "x-mock-response-name";

    /// <summary>A status that no example has: what is no number selects nothing.</summary>
    private const int NoStatus = -1;

    /// <summary>Status that an example must have; null for any.</summary>
    internal int? Status { get; private init; }

    /// <summary>Id of the example; null when the call names none.</summary>
    internal string? Id { get; private init; }

    /// <summary>Name of the example; null when the call names none.</summary>
    internal string? Name { get; private init; }

    /// <summary>Whether there is any selector.</summary>
    internal bool Any => Status is not null || Id is not null || Name is not null;

    /// <summary>Reads the headers of a call.</summary>
    internal static Selectors Read(IRequestHeaders headers) => !headers.MayChoose ? default : new()
    {
        Status = headers.TryGetValue(StatusHeader, out string? status)
            ? int.TryParse(status.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : NoStatus
            : null,
        Id = headers.TryGetValue(IdHeader, out string? id) ? id : null,
        Name = headers.TryGetValue(NameHeader, out string? name) ? name : null,
    };
}
