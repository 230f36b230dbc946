using System.CommandLine;
using k8s;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Connections;

namespace MockOperator.Cli.Connections;

/// <summary>
/// kubectl's options for where to go: <c>--kubeconfig</c>, <c>--context</c>, <c>-n</c>. One set for all commands, so that they may stand before the command's name as well
/// (<c>kubectl mock -n team list</c>); commands that go nowhere do not show them.
/// </summary>
internal sealed class ClusterOptions
{
    /// <summary>Whom writes are attributed to.</summary>
    public const string FieldManager = "kubectl-mock";

    private readonly Option<string?> _namespace = new("--namespace", "-n") { Description = "The namespace; default: that of the context.", HelpName = "NAMESPACE" };
    private readonly Option<string?> _context = new("--context") { Description = "The context of the kubeconfig.", HelpName = "CONTEXT" };
    private readonly Option<string?> _kubeconfig = new("--kubeconfig") { Description = "The kubeconfig file; default: KUBECONFIG, or ~/.kube/config.", HelpName = "FILE" };
    private readonly Func<ParseResult, KubernetesClientConfiguration>? _connection;

    /// <summary>Makes the options.</summary>
    /// <param name="console">Where commands read and write.</param>
    /// <param name="connection">Where to go instead of where the options say; null outside tests.</param>
    public ClusterOptions(CommandConsole console, Func<ParseResult, KubernetesClientConfiguration>? connection = null)
    {
        Console = console;
        _connection = connection;
    }

    /// <summary>Where commands read and write.</summary>
    public CommandConsole Console { get; }

    /// <summary>Lets a command take them.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_namespace);
        command.Options.Add(_context);
        command.Options.Add(_kubeconfig);
    }

    /// <summary>The namespace that was named; null for none.</summary>
    public string? NamedNamespace(ParseResult result) => result.GetValue(_namespace) is { Length: > 0 } name ? name : null;

    /// <summary>Connects. Nothing is sent yet, but a credential plugin of the kubeconfig may run.</summary>
    /// <exception cref="CommandException">The kubeconfig cannot be used.</exception>
    public MockCluster Connect(ParseResult result) => new(Configuration(result), FieldManager, Console.Time);

    /// <summary>Server and credentials, for what shares them among many callers.</summary>
    /// <exception cref="CommandException">The kubeconfig cannot be used.</exception>
    public KubernetesClientConfiguration Configuration(ParseResult result) =>
        _connection?.Invoke(result) ?? Kubeconfig.Read(result.GetValue(_kubeconfig), result.GetValue(_context));
}
