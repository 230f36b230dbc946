using System.IO.MemoryMappedFiles;

namespace MockOperator.Fuzzing.Engine;

/// <summary>
/// Keeps the input that is read just now in a file that outlives the process: what ends it, a stack that overflows for one, can be told by nothing else.
/// </summary>
internal sealed class LastInput : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Creates the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="most">Most bytes of an input.</param>
    public LastInput(string path, int most)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, mapName: null, sizeof(int) + most);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>Notes an input.</summary>
    public void Set(byte[] input)
    {
        _view.Write(0, input.Length);
        _view.WriteArray(sizeof(int), input, 0, input.Length);
    }

    /// <summary>Reads what a process that ended has left.</summary>
    public static byte[] Read(string path)
    {
        byte[] all = File.ReadAllBytes(path);
        int length = BitConverter.ToInt32(all);
        return all[sizeof(int)..(sizeof(int) + length)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
