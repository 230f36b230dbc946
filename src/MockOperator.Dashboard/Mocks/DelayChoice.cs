using MockOperator.Dashboard.Pages;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Mocks;

/// <summary>A delay as forms have it: one of Postman's networks, a time, or none.</summary>
internal static class DelayChoice
{
    /// <summary>Reads it.</summary>
    /// <returns>The delay; null for none.</returns>
    public static DelaySpec? Read(Form form) => form["delay"] switch
    {
        "2G" => new DelaySpec { Preset = DelayPreset.TwoG },
        "3G" => new DelaySpec { Preset = DelayPreset.ThreeG },
        "fixed" => new DelaySpec { Fixed = form["delay.time"] },
        _ => null,
    };

    /// <summary>The choice that a delay is: <c>2G</c>, <c>3G</c>, <c>fixed</c>, <c>range</c>, or empty for none.</summary>
    public static string Of(DelaySpec? delay) => delay switch
    {
        { Preset: DelayPreset.TwoG } => "2G",
        { Preset: DelayPreset.ThreeG } => "3G",
        { Fixed: not null } => "fixed",
        { Min: not null } or { Max: not null } => "range",
        _ => "",
    };
}
