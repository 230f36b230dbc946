namespace MockOperator.Cli.CommandLine;

/// <summary>Something that a person should know, and not be told again at every edit. Used by one thread at a time.</summary>
/// <param name="output">Where it is written.</param>
/// <param name="line">What.</param>
internal sealed class OnceTold(TextWriter output, string line)
{
    private bool _isTold;

    /// <summary>Tells it, if it is so and was not told before.</summary>
    public void TellIf(bool isSo)
    {
        if (isSo && !_isTold)
        {
            _isTold = true;
            output.WriteLine(line);
        }
    }
}
