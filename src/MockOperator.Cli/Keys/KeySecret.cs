using System.Text;
using k8s.Models;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.Keys;

/// <summary>The keys of a private mock: the entries of its Secret, read with the caller's rights.</summary>
/// <param name="Key">The Secret.</param>
/// <param name="Metadata">Its metadata.</param>
/// <param name="Entries">The keys by name.</param>
internal sealed record KeySecret(ObjectKey Key, V1ObjectMeta Metadata, IReadOnlyDictionary<string, string> Entries)
{
    /// <summary>Name of the Secret of a mock.</summary>
    public static string NameOf(MockServer mock) => mock.Spec?.ApiKeys?.SecretRef?.Name ?? mock.Metadata.Name + "-api-keys";

    /// <summary>The header that carries the key.</summary>
    public static string HeaderOf(MockServer mock) => mock.Spec?.ApiKeys?.Header ?? Resources.ApiKeyRules.DefaultHeader;

    /// <summary>Reads the keys.</summary>
    /// <exception cref="CommandException">The mock is public, or its Secret is not there.</exception>
    /// <exception cref="ApiException">The caller may not read it, or the server cannot be reached.</exception>
    public static async Task<KeySecret> ReadAsync(ClusterCall call, MockServer mock, CancellationToken cancellationToken)
    {
        if (mock.Spec?.Private != true)
            throw new CommandException($"The mock {mock.Metadata.Name} is public: it takes no key. `kubectl mock edit {mock.Metadata.Name} --private` makes it private.");
        var key = new ObjectKey(mock.Metadata.NamespaceProperty, NameOf(mock));
        try
        {
            var secret = await call.Cluster.Api.GetAsync<V1Secret>(key, cancellationToken)
                ?? throw new CommandException($"The Secret {key.Name}, whose entries are the keys of {mock.Metadata.Name}, is not there: the mock refuses every call. "
                    + (mock.Spec.ApiKeys?.SecretRef is null ? "The operator makes it in a moment; is it running?" : "Create it (docs/private-mocks.md)."));
            // Blanks and line feeds around a key do not count.
            return new KeySecret(key, secret.Metadata, (secret.Data ?? new Dictionary<string, byte[]>(StringComparer.Ordinal)).ToDictionary(entry => entry.Key, entry => Encoding.ASCII.GetString(entry.Value).Trim(), StringComparer.Ordinal));
        }
        catch (ApiException e) when (e.Kind == ApiFailure.Forbidden && e.Code == System.Net.HttpStatusCode.Forbidden)
        {
            throw new CommandException($"You may not read the Secret {key.Name} in the namespace {key.Namespace}: that takes the right `get` on `secrets`. Ask whoever owns the mock for a key.", e);
        }
    }

    /// <summary>The entry that is meant where none is named: the only one, or <c>default</c>.</summary>
    /// <exception cref="CommandException">There are several and none of them is <c>default</c>, or there is none.</exception>
    public string Default() => Entries.Count switch
    {
        0 => throw new CommandException($"The Secret {Key.Name} has no entry, so the mock refuses every call."),
        1 => Entries.Keys.First(),
        _ when Entries.ContainsKey("default") => "default",
        _ => throw new CommandException($"The Secret {Key.Name} has several keys; name one: {string.Join(", ", Entries.Keys.Order(StringComparer.Ordinal))}."),
    };

    /// <summary>Any of the keys: all are valid.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public string Any() => Entries.Count > 0
        ? Entries[Entries.Keys.Order(StringComparer.Ordinal).First()]
        : throw new CommandException($"The Secret {Key.Name} has no entry, so the mock refuses every call.");

    /// <summary>The key of an entry.</summary>
    /// <exception cref="CommandException">There is no such entry.</exception>
    public string Find(string entry) => Entries.TryGetValue(entry, out var key)
        ? key
        : throw new CommandException($"The Secret {Key.Name} has no key {entry}. There are: {string.Join(", ", Entries.Keys.Order(StringComparer.Ordinal))}.");
}
