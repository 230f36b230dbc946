using System.Diagnostics;
using MockOperator.Fuzzing.Mutation;

namespace MockOperator.Fuzzing.Engine;

/// <summary>Searches one target for inputs that break a promise: changes those that are known, and builds upon those that took a new branch.</summary>
/// <param name="target">The target.</param>
/// <param name="coverage">Tells new branches.</param>
/// <param name="options">How long to look, and where.</param>
internal sealed class Fuzzer(FuzzTarget target, CoverageMap coverage, FuzzOptions options)
{
    private const int MostKept = 4_000;

    // What costs much is allowed, but to build upon it would take the time for everything else.
    private const long MostAllocatedToKeep = 2L * 1024 * 1024;
    private const int ProgressEvery = 1 << 10;
    private static readonly TimeSpan s_progress = TimeSpan.FromSeconds(20);
    private readonly List<byte[]> _corpus = [];
    private readonly Dictionary<string, Finding> _findings = new(StringComparer.Ordinal);
    private readonly Random _random = new(options.Seed);
    private long _inputs;
    private int _kept;

    /// <summary>Searches until the time or the number of inputs is used up.</summary>
    public FuzzReport Run()
    {
        using LastInput? last = options.LastInputPath is { } path ? new LastInput(path, target.MaxLength * 4) : null;
        using var watchdog = new Watchdog(() => Environment.FailFast($"{target.Name}: one input takes for ever"));
        var clock = Stopwatch.StartNew();
        TimeSpan told = TimeSpan.Zero;
        foreach (byte[] seed in target.Seeds().Concat(Kept()).Where(seed => seed.Length <= target.MaxLength).ToList())
        {
            Try(seed, last);
            _corpus.Add(seed);
        }

        var mutator = new Mutator(target, _random, _corpus);
        while (_inputs < options.Inputs && _findings.Count < options.Findings && (_inputs % 64 != 0 || clock.Elapsed < options.Time))
        {
            byte[] input = mutator.Next();
            if (Try(input, last) && _corpus.Count < MostKept)
            {
                Keep(input);
            }

            watchdog.Next();
            if (_inputs % ProgressEvery == 0 && clock.Elapsed - told > s_progress)
            {
                told = clock.Elapsed;
                options.Progress?.Invoke(Report());
            }
        }

        return Report();
    }

    /// <summary>Reads one input and notes what it breaks.</summary>
    /// <returns>The fault; null when every promise was kept.</returns>
    public static Exception? Judge(FuzzTarget target, byte[] input)
    {
        try
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            target.Run(input);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            long most = target.MostAllocated(input.Length);
            Violation.Unless(most < 0 || allocated <= most, "An input costs more than its length allows.");
            return null;
        }
#pragma warning disable CA1031 // Every exception that gets here is one that the target does not document.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return fault;
        }
    }

    /// <returns>Whether it took a new branch, and is worth building upon.</returns>
    private bool Try(byte[] input, LastInput? last)
    {
        last?.Set(input);
        _inputs++;
        coverage.Begin();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? fault = Judge(target, input);
        bool isCheap = GC.GetAllocatedBytesForCurrentThread() - before <= MostAllocatedToKeep;
        bool isNew = coverage.IsNew();
        if (fault is not null)
        {
            Note(input, fault);
        }

        return isNew && isCheap && fault is null;
    }

    private IEnumerable<byte[]> Kept() => Directory.Exists(options.CorpusDirectory)
        ? Directory.EnumerateFiles(options.CorpusDirectory).Order(StringComparer.Ordinal).Take(MostKept).Select(File.ReadAllBytes)
        : [];

    private void Keep(byte[] input)
    {
        _corpus.Add(input);
        _kept++;
        if (options.CorpusDirectory is { } directory)
        {
            Directory.CreateDirectory(directory);
            File.WriteAllBytes(Path.Combine(directory, Finding.NameOf(input)), input);
        }
    }

    private void Note(byte[] input, Exception fault)
    {
        string signature = Finding.SignatureOf(fault);
        if (_findings.ContainsKey(signature))
        {
            return;
        }

        byte[] shortest = Minimizer.Shorten(input, shorter => Judge(target, shorter) is { } same && Finding.SignatureOf(same) == signature);
        _findings.Add(signature, new Finding(target.Name, shortest, Judge(target, shortest) ?? fault));
    }

    private FuzzReport Report() => new(target.Name, _inputs, _kept, coverage.Taken, [.. _findings.Values]);
}
