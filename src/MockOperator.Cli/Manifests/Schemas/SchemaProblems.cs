namespace MockOperator.Cli.Manifests.Schemas;

/// <summary>The problems of one object. Twenty are kept, in the order in which they are found; of the others it is known how many there are.</summary>
internal sealed class SchemaProblems
{
    private const int MostKept = 20;
    private readonly List<SchemaProblem> _kept = [];

    /// <summary>What is kept.</summary>
    public IReadOnlyList<SchemaProblem> Kept => _kept;

    /// <summary>How many there are besides.</summary>
    public int Others { get; private set; }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _kept.Count == 0;

    /// <summary>Adds a problem.</summary>
    public void Add(SchemaProblem problem)
    {
        if (_kept.Count < MostKept)
        {
            _kept.Add(problem);
        }
        else
        {
            Others++;
        }
    }

    /// <summary>Adds a field error.</summary>
    public void Add(FieldPath path, string body)
    {
        if (_kept.Count < MostKept)
        {
            _kept.Add(SchemaProblem.At(path, body));
        }
        else
        {
            Others++;
        }
    }
}
