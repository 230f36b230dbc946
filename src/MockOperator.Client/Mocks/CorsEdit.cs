using MockOperator.Resources;

namespace MockOperator.Client.Mocks;

/// <summary>What is changed of which pages may call. What is null stays as it is; what is the default is written as nothing.</summary>
public sealed record CorsEdit
{
    private const string Any = "*";

    /// <inheritdoc cref="CorsSpec.Enabled"/>
    public bool? Enabled { get; init; }

    /// <summary>Origins instead of those that there are; empty, or <c>*</c> alone, for all.</summary>
    public IReadOnlyList<string>? AllowOrigins { get; init; }

    /// <inheritdoc cref="CorsSpec.AllowCredentials"/>
    public bool? AllowCredentials { get; init; }

    /// <summary>Response headers that a page may read, instead of those that there are; empty for the default.</summary>
    public IReadOnlyList<string>? ExposeHeaders { get; init; }

    internal CorsSpec? Apply(CorsSpec? before)
    {
        var was = before ?? new CorsSpec();
        // That all may call is what nothing says as well.
        var origins = AllowOrigins is [Any] ? [] : AllowOrigins;
        var after = was with
        {
            Enabled = Chosen.Of(was.Enabled, Enabled, true),
            AllowOrigins = origins is [] && was.AllowOrigins is [Any] ? was.AllowOrigins : Chosen.Of(was.AllowOrigins, origins),
            AllowCredentials = Chosen.Of(was.AllowCredentials, AllowCredentials, false),
            ExposeHeaders = Chosen.Of(was.ExposeHeaders, ExposeHeaders),
        };
        return after == was ? before : after == new CorsSpec() ? null : after;
    }
}
