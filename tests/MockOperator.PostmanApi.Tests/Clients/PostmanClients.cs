using System.Diagnostics;
using System.Text;

namespace MockOperator.PostmanApi.Tests.Clients;

/// <summary>Clients that were written for Postman, as npm has them.</summary>
internal static class PostmanClients
{
    /// <summary>Names the directory that they are in; hack/postman-clients.sh puts them there.</summary>
    private const string Variable = "MOCK_OPERATOR_POSTMAN_CLIENTS";

    private static readonly string? s_home = Environment.GetEnvironmentVariable(Variable);

    public static string McpServer => Path.Combine(Home(), "node_modules", "@postman", "postman-mcp-server", "dist", "src", "index.js");

    public static string Newman => Path.Combine(Home(), "node_modules", "newman", "bin", "newman.js");

    /// <summary>Starts a script of theirs.</summary>
    public static Process Start(string script, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        // Nothing of theirs is looked for or written in anybody's home.
        start.Environment["HOME"] = Path.GetTempPath();
        return Process.Start(start)!;
    }

    private static string Home()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(s_home), $"{Variable} names no directory with Postman's clients (source hack/steps.sh hack/postman-clients.sh; postman_clients_are_here): that takes Node.js of 20 or newer, and npm.");
        return s_home!;
    }
}
