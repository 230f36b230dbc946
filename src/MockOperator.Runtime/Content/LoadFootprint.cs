using MockOperator.Resources;

namespace MockOperator.Runtime.Content;

/// <summary>Gives back what loading large content has taken: the document itself and what was read on the way to the plan.</summary>
internal static class LoadFootprint
{
    private const int LargeBytes = 1024 * 1024;

    /// <summary>Size of all documents of a bundle: a definition with large examples takes as much as a collection.</summary>
    public static long BytesOf(BundleIndex index) => index.Entries.Sum(static entry => entry.Length);

    /// <summary>Collects once, and returns the memory to the system, when a document was large; a small one is not worth a pause.</summary>
    /// <param name="documentBytes">Size of the document that was loaded.</param>
    public static void Release(long documentBytes)
    {
        if (documentBytes >= LargeBytes)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
