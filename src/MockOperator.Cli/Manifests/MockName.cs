using MockOperator.Client.Naming;

namespace MockOperator.Cli.Manifests;

/// <summary>Names of mocks that no manifest names.</summary>
internal static class MockName
{
    /// <summary>Derives a name from a file: <c>My API.postman_collection.json</c> becomes <c>my-api</c>.</summary>
    public static string FromFile(string path)
    {
        var stem = Path.GetFileName(path);
        var ending = stem.LastIndexOf(".postman_collection", StringComparison.OrdinalIgnoreCase) is var postman and > 0 ? postman : stem.LastIndexOf('.');
        return ObjectName.Of(ending < 0 ? stem : stem[..ending], "mock");
    }
}
