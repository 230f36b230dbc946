using System.CommandLine;

namespace MockOperator.Runtime.CommandLine;

/// <summary>Options that take a number within bounds.</summary>
internal static class PortOption
{
    private const int MaxPort = 65535;

    /// <summary>An option for a port, 0 to 65535; 0 lets the system choose.</summary>
    public static Option<int> Create(string name, string description, int byDefault) =>
        Bounded(name, description + " 0 picks a free one.", byDefault, 0, MaxPort);

    /// <summary>An option for a whole number between two bounds.</summary>
    public static Option<int> Bounded(string name, string description, int byDefault, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result =>
        {
            // What is no number at all is reported by the option itself.
            if (result.Tokens.Count == 1 && long.TryParse(result.Tokens[0].Value, out long value) && (value < least || value > most))
            {
                result.AddError($"{name} must be between {least} and {most}.");
            }
        });
        return option;
    }
}
