namespace MockOperator.Fuzzing.Engine;

/// <summary>Something that reads what others wrote. No input may make it do anything but what it documents.</summary>
internal abstract class FuzzTarget : IDisposable
{
    /// <summary>What it is called by on the command line, and the directory of what was found in it.</summary>
    public abstract string Name { get; }

    /// <summary>Longest input in bytes: beyond it, time goes into length instead of variety.</summary>
    public virtual int MaxLength => 16 * 1024;

    /// <summary>Texts that mean something to it.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>
    /// What an input may cost: the bytes that its thread allocates, which, unlike time, are the same on every machine. Negative when they are not bounded here, because other threads do the work.
    /// </summary>
    /// <param name="length">Length of the input.</param>
    public virtual long MostAllocated(int length) => (256L * 1024 * 1024) + (64L * 1024 * length);

    /// <summary>Inputs that are understood: the others are made from them.</summary>
    public abstract IEnumerable<byte[]> Seeds();

    /// <summary>Reads one input.</summary>
    /// <exception cref="Violation">It did something that it promises not to do.</exception>
    public abstract void Run(byte[] input);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
    }
}
