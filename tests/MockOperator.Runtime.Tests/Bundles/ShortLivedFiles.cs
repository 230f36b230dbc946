using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MockOperator.Resources;
using MockOperator.Runtime.Bundles;

namespace MockOperator.Runtime.Tests.Bundles;

/// <summary>Files that notice how many of them are still held when the next one is asked for.</summary>
internal sealed class ShortLivedFiles(byte[] index, byte[][] parts) : IBundleFiles
{
    private readonly List<WeakReference> _given = [];

    public int Reads => _given.Count;

    public int MostAlive { get; private set; }

    public bool TryRead(string name, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (name == BundleIndex.FileName)
        {
            bytes = index;
            return true;
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        MostAlive = Math.Max(MostAlive, _given.Count(static part => part.IsAlive));
        bytes = [.. parts[int.Parse(name[1..], CultureInfo.InvariantCulture)]];
        _given.Add(new WeakReference(bytes));
        return true;
    }
}
