using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using k8s;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Connections;
using MockOperator.Dashboard;
using MockOperator.Dashboard.Access;
using MockOperator.Kubernetes.Hosting;
using MockOperator.PostmanApi.Callers;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock console</c>: the dashboard and Postman's API in a cluster, each on its port, for everybody who has a token of it. It has no rights of its own: whatever it asks carries the caller's token.</summary>
internal static class ConsoleCommand
{
    private const int DefaultPort = 8080;
    private const int ShortestKey = 32;
    private const int LongestKey = 4096;

    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("console", "Serve the dashboard and Postman's API in a cluster: everybody acts with a token of their own, and with nobody else's rights. Put something that ends TLS in front of it.");
        var address = new Option<string>("--address") { Description = "The address to listen on; default: all.", HelpName = "IP" };
        var port = new Option<int>("--port") { Description = $"The port of the dashboard; default: {DefaultPort}.", HelpName = "PORT", DefaultValueFactory = _ => DefaultPort };
        var apiPort = new Option<int>("--api-port") { Description = $"The port of Postman's API; default: {ApiCommand.DefaultPort}.", HelpName = "PORT", DefaultValueFactory = _ => ApiCommand.DefaultPort };
        var hosts = new Option<string[]>("--host") { Description = "A host name that it is reached by; may be repeated. Names of the loopback address are always answered.", HelpName = "NAME", Arity = ArgumentArity.OneOrMore };
        var key = new Option<string?>("--session-key-file") { Description = "A file with at least 32 random bytes, the same for all replicas. Default: a new key, with which sessions end with the process.", HelpName = "FILE" };
        var header = new Option<string?>("--token-header")
        {
            Description = "Take the caller's token from this header, which a proxy sets, instead of asking for it. Only where nobody but that proxy can reach the port.",
            HelpName = "HEADER",
        };
        var authority = new Option<string?>("--certificate-authority")
        {
            Description = "In a pod: talk to the API server of its cluster and trust these certificates (PEM), such as those of the ConfigMap kube-root-ca.crt. The pod needs no token for it. Default: the kubeconfig.",
            HelpName = "FILE",
        };
        command.Options.Add(address);
        command.Options.Add(port);
        command.Options.Add(apiPort);
        command.Options.Add(hosts);
        command.Options.Add(key);
        command.Options.Add(header);
        command.Options.Add(authority);
        options.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            using var interrupt = new Interrupt(cancellationToken);
            try
            {
                var configuration = result.GetValue(authority) is { Length: > 0 } certificates ? OfPod(certificates, options.Console.Variable) : options.Configuration(result);
                using var gate = new ClusterGate(configuration, DashboardCommand.FieldManager, options.Console.Time);
                await using var app = DashboardServer.Create(new DashboardOptions
                {
                    Access = new TokenAccess(gate, options.Console.Time, ReadKey(result.GetValue(key)), Header(result.GetValue(header))),
                    Listen = new IPEndPoint(Address(result.GetValue(address)), DashboardCommand.Port(result.GetValue(port))),
                    Hosts = result.GetValue(hosts) ?? [],
                    Yaml = DashboardCommand.YamlText,
                    Time = options.Console.Time,
                });
                using var apiGate = new ClusterGate(configuration, ApiCommand.FieldManager, options.Console.Time);
                var url = await DashboardCommand.StartAsync(app, interrupt.Token);
                await using var api = await ApiCommand.OpenAsync(
                    new IPEndPoint(Address(result.GetValue(address)), DashboardCommand.Port(result.GetValue(apiPort))), PostmanCallers.Bearers(apiGate), options.Console.Time, "--api-port", interrupt.Token);
                using var idle = new IdleMemory(options.Console.Time);
                await idle.StartAsync(interrupt.Token);
                await options.Console.Out.WriteLineAsync($"The dashboard listens on {url}");
                await options.Console.Out.WriteLineAsync($"Postman's API listens on {ApiCommand.Url(api)}");
                await app.WaitForShutdownAsync(interrupt.Token);
                return 0;
            }
            catch (CommandException e)
            {
                await options.Console.Error.WriteLineAsync($"Error: {e.Message}");
                return 1;
            }
        });
        return command;
    }

    // What every container is told of its cluster (https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables).
    private static KubernetesClientConfiguration OfPod(string certificates, Func<string, string?> variable)
    {
        if (variable("KUBERNETES_SERVICE_HOST") is not { Length: > 0 } host || variable("KUBERNETES_SERVICE_PORT") is not { Length: > 0 } port)
            throw new CommandException("--certificate-authority is for a pod, and this is none: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set.");
        try
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(certificates);
            if (trusted.Count == 0)
                throw new CommandException($"{certificates} has no certificate in it.");
            return new KubernetesClientConfiguration { Host = $"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}", SslCaCerts = trusted };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CommandException($"The certificates cannot be read: {e.Message}", e);
        }
    }

    private static IPAddress Address(string? text) =>
        string.IsNullOrEmpty(text) ? (Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any)
        : IPAddress.TryParse(text, out var address) ? address
        : throw new CommandException($"'{text}' is no address: --address takes one such as 127.0.0.1.");

    private static string? Header(string? name) =>
        string.IsNullOrEmpty(name) ? null
        : name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && !name.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase) && !name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? name
        : throw new CommandException($"'{name}' is no header that brings a token: --token-header takes one such as Authorization or X-Forwarded-Access-Token.");

    private static ReadOnlyMemory<byte>? ReadKey(string? file)
    {
        if (string.IsNullOrEmpty(file))
            return null;
        try
        {
            var length = new FileInfo(file).Length;
            return length is >= ShortestKey and <= LongestKey
                ? File.ReadAllBytes(file)
                : throw new CommandException($"{file} has {length} bytes: a key has {ShortestKey} to {LongestKey} random bytes (head -c 64 /dev/urandom).");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The key cannot be read: {e.Message}", e);
        }
    }
}
