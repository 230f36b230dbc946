using System.CommandLine;
using k8s;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Connections;
using MockOperator.Kubernetes.Connections;

namespace MockOperator.Cli.Connections;

/// <summary>
/// kubectl's options for where to go and as whom: <c>-n</c>, <c>--context</c>, <c>--kubeconfig</c>, <c>--as</c>. One set for all commands, so that they may stand before the command's name as well
/// (<c>kubectl mock -n team list</c>); commands that go nowhere do not show them.
/// </summary>
internal sealed class ClusterOptions
{
    /// <summary>Whom writes are attributed to.</summary>
    public const string FieldManager = "kubectl-mock";

    private readonly Option<string?> _namespace = new("--namespace", "-n") { Description = "The namespace; default: that of the context.", HelpName = "NAMESPACE" };
    private readonly Option<string?> _context = new("--context") { Description = "The context of the kubeconfig.", HelpName = "CONTEXT" };
    private readonly Option<string?> _kubeconfig = new("--kubeconfig") { Description = "The kubeconfig file; default: KUBECONFIG, or ~/.kube/config.", HelpName = "FILE" };
    private readonly Option<string?> _as = new("--as") { Description = "Act as this user, if you may.", HelpName = "USER" };
    private readonly Option<string[]> _groups = new("--as-group") { Description = "Act as a member of this group; may be repeated.", HelpName = "GROUP", Arity = ArgumentArity.OneOrMore };
    private readonly Func<ClusterConnection>? _connection;

    /// <summary>Makes the options.</summary>
    /// <param name="console">Where commands read and write.</param>
    /// <param name="connection">Where to go instead of where a kubeconfig says; null outside tests.</param>
    public ClusterOptions(CommandConsole console, Func<ClusterConnection>? connection = null)
    {
        Console = console;
        _connection = connection;
    }

    /// <summary>Where commands read and write.</summary>
    public CommandConsole Console { get; }

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> All => [_namespace, _context, _kubeconfig, _as, _groups];

    /// <summary>Lets a command take them.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
    }

    /// <summary>The namespace that was named; null for none.</summary>
    public string? NamedNamespace(ParseResult result) => result.GetValue(_namespace) is { Length: > 0 } name ? name : null;

    /// <summary>Connects. Nothing is sent yet, but a credential plugin of the kubeconfig may run.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="fieldManager">Whom writes are attributed to.</param>
    /// <exception cref="CommandException">The kubeconfig cannot be used.</exception>
    public MockCluster Connect(ParseResult result, string fieldManager = FieldManager)
    {
        var connection = Connection(result);
        return new MockCluster(connection, fieldManager, Console.Time);
    }

    /// <summary>Who acts, in a word for people: the user of <c>--as</c>, or whoever typed the command.</summary>
    public string Who(ParseResult result) => result.GetValue(_as) is { Length: > 0 } user ? user : Environment.UserName;

    /// <summary>Server and credentials, for what shares the way among many callers.</summary>
    /// <exception cref="CommandException">The kubeconfig cannot be used.</exception>
    public KubernetesClientConfiguration Configuration(ParseResult result) => Connection(result).Configuration;

    private ClusterConnection Connection(ParseResult result)
    {
        var connection = _connection?.Invoke() ?? Read(result);
        if (result.GetValue(_as) is not { Length: > 0 } user)
            return result.GetValue(_groups) is { Length: > 0 } ? throw new CommandException("--as-group takes --as, the name of a user, beside it.") : connection;
        return connection with
        {
            Impersonation = new Impersonation(user, result.GetValue(_groups) ?? [], null, new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)),
        };
    }

    private ClusterConnection Read(ParseResult result)
    {
        try
        {
            return Kubeconfig.Read(result.GetValue(_kubeconfig), result.GetValue(_context), Console.Variable, Console.Time);
        }
        catch (KubeconfigException e)
        {
            throw new CommandException(ClusterFault.Sentence(e), e);
        }
    }
}
