using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;
using MockOperator.PostmanApi.Callers;
using MockOperator.PostmanApi.Description;
using MockOperator.PostmanApi.Serving;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock api</c>: Postman's API on this machine, with the rights of whoever starts it.</summary>
internal static class ApiCommand
{
    /// <summary>The port of the API.</summary>
    public const int DefaultPort = 8070;

    /// <summary>Whom the writes of the API are attributed to.</summary>
    public const string FieldManager = "postman-api";

    private const int ShortestKey = 16;
    private const int RandomBytes = 24;

    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions cluster)
    {
        var port = new Option<ushort>("--port") { Description = "The port; 0 for a free one.", HelpName = "PORT", DefaultValueFactory = _ => DefaultPort };
        var address = new Option<IPAddress>("--address")
        {
            Description = "The address to listen on. Others than 127.0.0.1 and ::1 let other machines call, unencrypted.",
            HelpName = "ADDRESS",
            CustomParser = result =>
            {
                if (IPAddress.TryParse(result.Tokens.Single().Value, out var parsed))
                    return parsed;
                result.AddError($"'{result.Tokens.Single().Value}' is no IP address.");
                return null;
            },
            DefaultValueFactory = _ => IPAddress.Loopback,
        };
        var key = new Option<string?>("--key") { Description = $"The key that callers must send, {ShortestKey} characters or more; default: a new one, which is printed. Other users of this machine may see it in the list of processes.", HelpName = "KEY" };
        var file = new Option<FileInfo?>("--key-file") { Description = "A file that the key is in.", HelpName = "FILE" };
        var command = new Command("api", "Serve Postman's API for mocks, collections and environments on this machine, with your rights in the cluster.") { port, address, key, file };
        command.SetClusterAction(
            cluster,
            async (call, cancellationToken) =>
                await ServeAsync(call, new IPEndPoint(call.Result.GetValue(address)!, call.Result.GetValue(port)), ReadKey(call.Result.GetValue(key), call.Result.GetValue(file)), cancellationToken),
            FieldManager);
        return command;
    }

    private static async Task<int> ServeAsync(ClusterCall call, IPEndPoint endPoint, string? given, CancellationToken cancellationToken)
    {
        var key = given ?? $"kmock-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes))}";
        await using var server = await OpenAsync(endPoint, PostmanCallers.Owner(call.Cluster, key, call.Namespace), call.Console.Time, "--port", cancellationToken);
        var url = Url(server);
        var output = call.Console.Out;
        await output.WriteLineAsync($"Postman's API for {call.Cluster.Server.Authority} (workspace {call.Namespace}) is at {url}, with your rights. Ctrl+C ends it.");
        await output.WriteLineAsync($"  export POSTMAN_API_BASE_URL={url} POSTMAN_API_KEY={(given is null ? key : "YOUR-KEY")}");
        await output.WriteLineAsync($"  curl -H \"x-api-key: $POSTMAN_API_KEY\" {url}/mocks");
        await output.WriteLineAsync($"  Description: {url}{OpenApiDocument.Path}");
        if (!IPAddress.IsLoopback(endPoint.Address))
            await call.Console.Error.WriteLineAsync("Warning: other machines can reach this, and the key travels unencrypted: whoever reads it has your rights in the cluster.");
        await output.FlushAsync(CancellationToken.None);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, call.Console.Time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        return 0;
    }

    /// <summary>Opens the API on a port.</summary>
    /// <exception cref="CommandException">The port is taken.</exception>
    public static async Task<PostmanApiServer> OpenAsync(IPEndPoint endPoint, PostmanCallers callers, TimeProvider time, string portOption, CancellationToken cancellationToken)
    {
        try
        {
            return await PostmanApiServer.OpenAsync(endPoint, callers, time, cancellationToken: cancellationToken);
        }
        catch (IOException taken)
        {
            throw new CommandException($"{taken.Message} Choose another with {portOption}; 0 takes a free one.", taken);
        }
    }

    /// <summary>Where the API is, without a slash at the end.</summary>
    public static string Url(PostmanApiServer server) => $"http://{server.EndPoint}";

    /// <summary>The key that was given; null for none.</summary>
    /// <exception cref="CommandException">It is none that can be used.</exception>
    private static string? ReadKey(string? key, FileInfo? file)
    {
        if (key is not null && file is not null)
            throw new CommandException("--key and --key-file both give a key: leave one out.");
        if (file is not null)
        {
            try
            {
                key = File.ReadAllText(file.FullName).Trim();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CommandException($"--key-file: {e.Message}", e);
            }
        }

        return key is null || (key.Length >= ShortestKey && key.All(c => c is > ' ' and < '\x7f'))
            ? key
            : throw new CommandException($"A key has {ShortestKey} characters or more, letters, digits and signs of ASCII, without spaces.");
    }
}
