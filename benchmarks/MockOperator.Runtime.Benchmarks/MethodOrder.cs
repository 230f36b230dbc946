using System.Globalization;
using MockOperator.Resources;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>
/// Which methods of the runtime run for a request, and which at its start, as callgrind counts them. The compiler puts them side by side in that order: the code of a request then is on some tens of
/// pages instead of hundreds all over the program, and less of it is missed by the processor and read from the file.
/// </summary>
internal sealed class MethodOrder(string runtime)
{
    private const int Examples = 200;
    private const int WarmUp = 1500;
    private const int Requests = 4000;
    private readonly string _directory = Directory.CreateTempSubdirectory("mock-runtime-order").FullName;

    /// <summary>Writes the names, those that take most first.</summary>
    public async Task WriteAsync(string path)
    {
        var cost = new Dictionary<string, double>(StringComparer.Ordinal);
        var start = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((bool isLimited, CallKeeping keep) in ((bool, CallKeeping)[])[(false, CallKeeping.None), (false, CallKeeping.All), (true, CallKeeping.All)])
        {
            Dictionary<string, long> warm = await CountAsync(isLimited, keep, WarmUp);
            Dictionary<string, long> busy = await CountAsync(isLimited, keep, WarmUp + Requests);
            foreach ((string method, long instructions) in busy)
            {
                double each = (instructions - warm.GetValueOrDefault(method)) / (double)Requests;
                cost[method] = cost.GetValueOrDefault(method) + each;
                start.TryAdd(method, warm.GetValueOrDefault(method, instructions));
            }
        }

        string[] hot = [.. cost.Where(static pair => pair.Value >= 1).OrderByDescending(static pair => pair.Value).Select(static pair => pair.Key)];
        string[] rest = [.. start.Keys.Except(hot, StringComparer.Ordinal).OrderByDescending(method => start[method])];
        await File.WriteAllLinesAsync(path, [.. hot, .. rest]);
        Directory.Delete(_directory, recursive: true);
        Report.Say($"{hot.Length} methods for requests, {rest.Length} at the start");
    }

    private Task<Dictionary<string, long>> CountAsync(bool isLimited, CallKeeping keep, int requests)
    {
        Report.Say($"{requests} requests{(isLimited ? ", limited" : "")}{(keep == CallKeeping.All ? ", remembered" : "")}");
        BundleDirectory bundle = MeteredMock.Write(Path.Combine(_directory, $"{isLimited}-{keep}-{requests}"), Examples, isLimited, isLimited, keep);
        return new CountedRun(runtime, Path.Combine(_directory, "callgrind")).OfMethodsAsync(bundle, isLimited, requests, Target);
    }

    private static string Target(int request) => (request % 20) switch
    {
        5 => "/users/4711",
        10 => "/random",
        _ => string.Create(CultureInfo.InvariantCulture, $"/items/{request % Examples}/details"),
    };
}
