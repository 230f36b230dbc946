using System.CommandLine;
using System.CommandLine.Completions;
using k8s;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.Connections;

/// <summary>Arguments and options that name objects of the cluster, and are completed from it.</summary>
internal static class MockArgument
{
    private const int Most = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The name of a mock.</summary>
    public static Argument<string> Mock(ClusterOptions options) => Of<MockServer>(options, "mock", "Name of the mock.");

    /// <summary>The name of a collection.</summary>
    public static Argument<string> Collection(ClusterOptions options) => Of<Collection>(options, "collection", "Name of the collection.");

    /// <summary>The name of an object of a kind.</summary>
    /// <param name="options">Where to look for names.</param>
    /// <param name="name">Name of the argument.</param>
    /// <param name="description">What it is.</param>
    public static Argument<string> Of<T>(ClusterOptions options, string name, string description)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var argument = new Argument<string>(name)
        {
            Description = description,
            // Without a name for it, help shows what completion proposes, and asks the cluster for that.
            HelpName = name,
        };
        argument.CompletionSources.Add(Names<T>(options));
        return argument;
    }

    /// <summary>The names of the objects of a kind, for completion. Without an answer in two seconds there are none: completion does not complain.</summary>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> Names<T>(ClusterOptions options)
        where T : class, IKubernetesObject<V1ObjectMeta> => context =>
        {
            try
            {
                using var ends = new CancellationTokenSource(Patience, options.Console.Time);
                using var cluster = options.Connect(context.ParseResult);
                var query = new ListQuery { Namespace = options.NamedNamespace(context.ParseResult) ?? cluster.Namespace, Limit = Most };
                return [.. cluster.Api.ListPageAsync<MetadataOf<T>>(query, ends.Token).GetAwaiter().GetResult().Items
                    .Select(item => item.Metadata.Name)
                    .Select(name => new CompletionItem(name))];
            }
            catch (Exception e) when (e is ApiException or Terminal.CommandException or OperationCanceledException)
            {
                return [];
            }
        };
}
