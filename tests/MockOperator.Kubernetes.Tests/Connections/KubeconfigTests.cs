using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Connections;
using MockOperator.Kubernetes.Tests.Server;

namespace MockOperator.Kubernetes.Tests.Connections;

public sealed class KubeconfigTests : IDisposable
{
    private const string Cluster = "clusters: [{name: c, cluster: {server: 'https://api.example.com:6443'}}]";

    private static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private readonly string _directory = Directory.CreateTempSubdirectory("kubeconfig-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void The_current_context_counts_unless_another_is_named()
    {
        var file = Write("config", $$$"""
            current-context: one
            contexts:
            - {name: one, context: {cluster: c, user: u, namespace: team}}
            - {name: two, context: {cluster: c, user: w, namespace: 123}}
            {{{Cluster}}}
            users: [{name: u, user: {token: abc}}, {name: w, user: {username: jane, password: pw}}]
            """);
        var one = Read(file).Configuration;
        Assert.Equal(("https://api.example.com:6443/", "abc", "team"), (one.Host, one.AccessToken, one.Namespace));
        var two = Read(file, "two").Configuration;
        Assert.Equal(("jane", "pw", "123"), (two.Username, two.Password, two.Namespace));
        Assert.Equal("The kubeconfig has no context three (there are: one, two).", Assert.Throws<KubeconfigException>(() => Read(file, "three")).Message);
    }

    [Fact]
    public void Several_files_are_merged_the_first_wins_and_paths_start_from_their_own()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "other"));
        var (certificate, key) = Certificate("jane");
        File.WriteAllText(Path.Combine(_directory, "other", "jane.crt"), certificate);
        File.WriteAllText(Path.Combine(_directory, "other", "jane.key"), key);
        var first = Write("config", "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\n");
        var second = Write("other/config", $"current-context: z\ncontexts: [{{name: x, context: {{cluster: lost, user: lost}}}}]\n{Cluster}\nusers: [{{name: u, user: {{client-certificate: jane.crt, client-key: ./jane.key}}}}]\n");
        var read = Kubeconfig.Read(null, null, name => name == "KUBECONFIG" ? string.Join(Path.PathSeparator, first, "/nowhere/missing", second) : null, TimeProvider.System).Configuration;
        Assert.Equal("https://api.example.com:6443/", read.Host);
        using var client = X509Certificate2.CreateFromPem(Text(read.ClientCertificateData), Text(read.ClientCertificateKeyData));
        Assert.Equal("CN=jane", client.Subject);
        Assert.True(client.HasPrivateKey);
    }

    [Fact]
    public void Every_certificate_of_a_bundle_is_trusted()
    {
        var bundle = Convert.ToBase64String(Encoding.ASCII.GetBytes(Certificate("one").Certificate + Certificate("two").Certificate));
        var file = Write("config", $"current-context: x\ncontexts: [{{name: x, context: {{cluster: c}}}}]\nclusters: [{{name: c, cluster: {{server: https://x, certificate-authority-data: {bundle}, tls-server-name: api, proxy-url: http://proxy:3128}}}}]");
        var read = Read(file).Configuration;
        Assert.Equal(["CN=one", "CN=two"], read.SslCaCerts.Select(certificate => certificate.Subject));
        Assert.Equal("api", read.TlsServerName);
        using var handler = new SocketsHttpHandler();
        read.FirstMessageHandlerSetup(handler);
        Assert.Equal(new Uri("http://proxy:3128"), handler.Proxy!.GetProxy(new Uri("https://x")));
    }

    [Fact]
    public async Task A_credential_plugin_is_asked_with_its_arguments_whole_and_again_when_its_token_ends()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The plugin is a shell script.");
        Script("plugin.sh", """
            #!/bin/sh
            echo x >> "$COUNT"
            printf '%s\n' "$@" > "$COUNT.args"
            printf '%s' "$KUBERNETES_EXEC_INFO" > "$COUNT.info"
            printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"token-%s","expirationTimestamp":"2026-11-27T12:10:00Z"}}' "$(wc -l < "$COUNT" | tr -d ' ')"
            """);
        var count = Path.Combine(_directory, "count");
        var file = Write("config", $$$"""
            current-context: x
            contexts: [{name: x, context: {cluster: c, user: u}}]
            {{{Cluster}}}
            users:
            - name: u
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1
                  command: ./plugin.sh
                  args: [get token, --for=a b]
                  env: [{name: COUNT, value: {{{count}}}}]
                  interactiveMode: Never
                  provideClusterInfo: true
            """);
        var time = new FakeTimeProvider(Noon);
        var provider = Kubeconfig.Read(file, null, _ => null, time).Configuration.TokenProvider;
        Assert.Equal(new AuthenticationHeaderValue("Bearer", "token-1"), await provider.GetAuthenticationHeaderAsync(TestContext.Current.CancellationToken));
        Assert.Equal("get token\n--for=a b\n", await File.ReadAllTextAsync(count + ".args", TestContext.Current.CancellationToken));
        Assert.Equal(
            """{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":{"interactive":false,"cluster":{"server":"https://api.example.com:6443/"}}}""",
            await File.ReadAllTextAsync(count + ".info", TestContext.Current.CancellationToken));
        time.Advance(TimeSpan.FromMinutes(9) + TimeSpan.FromSeconds(31));
        Assert.Equal("token-2", (await provider.GetAuthenticationHeaderAsync(TestContext.Current.CancellationToken)).Parameter);
    }

    [Fact]
    public async Task A_plugin_that_fails_later_fails_the_request_and_says_why()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The plugin is a shell script.");
        Script("plugin.sh", """
            #!/bin/sh
            [ ! -e logged-out ] || exit 3
            echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t","expirationTimestamp":"2026-11-27T12:10:00Z"}}'
            """.Replace("logged-out", Path.Combine(_directory, "logged-out"), StringComparison.Ordinal));
        var time = new FakeTimeProvider(Noon);
        using var transport = ApiTransport.Connect(Kubeconfig.Read(Write("config", Exec("./plugin.sh")), null, _ => null, time));
        Write("logged-out", "");
        time.Advance(TimeSpan.FromHours(1));
        var client = new ResourceClient(transport, new ResourceClientOptions { Json = ScriptedServer.Json });
        var fault = await Fails.AsAsync(ApiFailure.Unavailable, () => client.GetAsync<Widget>(new ObjectKey("default", "a"), TestContext.Current.CancellationToken));
        Assert.Contains("plugin.sh failed with exit code 3", Assert.IsType<KubeconfigException>(fault.InnerException).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 3", "failed with exit code 3")]
    [InlineData("echo secret-text", "answered what is no ExecCredential of client.authentication.k8s.io/v1")]
    [InlineData("""echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{}}'""", "gave neither a token nor a certificate")]
    public void A_plugin_that_fails_is_named_and_not_quoted(string script, string said)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The plugin is a shell script.");
        Script("plugin.sh", $"#!/bin/sh\n{script}\n");
        var message = Assert.Throws<KubeconfigException>(() => Read(Write("config", Exec("./plugin.sh")))).Message;
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-text", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_says_nothing_and_does_not_end_is_not_waited_for_without_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The plugin is a shell script.");
        Script("plugin.sh", "#!/bin/sh\nexec sleep 600\n");
        var time = new FakeTimeProvider(Noon);
        var file = Write("config", Exec("./plugin.sh"));
        var reading = Task.Run(() => Kubeconfig.Read(file, null, _ => null, time), TestContext.Current.CancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (!reading.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10), deadline.Token);
        }

        Assert.Contains("plugin.sh does not come to an end", (await Assert.ThrowsAsync<KubeconfigException>(() => reading)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_that_is_not_installed_tells_its_hint() =>
        Assert.Matches("nowhere-plugin.*cannot be run: .* Install it from example.com", Assert.Throws<KubeconfigException>(() => Read(Write("config", Exec("nowhere-plugin")))).Message.ReplaceLineEndings(" "));

    [Theory]
    [InlineData("a: [", "is no YAML")]
    [InlineData("users: {a: b}", "cannot be understood at $.users")]
    [InlineData("current-context: x", "has no context x")]
    [InlineData("contexts: []", "has no current context")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: gone}}]", "names the cluster gone, which is not there")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c, user: gone}}]\nclusters: [{name: c, cluster: {server: https://x}}]", "names the user gone, who is not there")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'ftp://x'}}]", "no server that is an address")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: https://x, certificate-authority: none.crt}}]", "cannot be used")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: https://x}}]\nusers: [{name: u, user: {auth-provider: {name: gcp}}}]", "auth-provider gcp")]
    public void What_is_wrong_with_it_is_said(string content, string said) => Assert.Contains(said, Assert.Throws<KubeconfigException>(() => Read(Write("config", content))).Message, StringComparison.Ordinal);

    [Fact]
    public void None_at_all_is_said_to_be_that() => Assert.StartsWith("There is no kubeconfig.", Assert.Throws<KubeconfigException>(() => Kubeconfig.Read(null, null, _ => null, TimeProvider.System)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Requests_are_made_in_the_name_of_another_who_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connection = Read(Write("config", $$$"""
            current-context: x
            contexts: [{name: x, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: 'http://{{{listener.LocalEndpoint}}}'}}]
            users: [{name: u, user: {token: t, as: jane, as-uid: 7, as-groups: [a, b], as-user-extra: {scopes: [view] } }}]
            """));
        using var transport = ApiTransport.Connect(connection);
        using var request = new HttpRequestMessage(HttpMethod.Get, "version");
        var asking = transport.SendAsync(TransportLane.Unary, request, TestContext.Current.CancellationToken);
        using (var server = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            using var reader = new StreamReader(server.GetStream());
            var heads = new List<string>();
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } line)
                heads.Add(line);
            Assert.Equal(
                ["Authorization: Bearer t", "Impersonate-Extra-scopes: view", "Impersonate-Group: a, b", "Impersonate-Uid: 7", "Impersonate-User: jane"],
                heads.Where(line => line.StartsWith("Impersonate-", StringComparison.Ordinal) || line.StartsWith("Authorization", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            await server.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        using var answer = await asking;
    }

    private static string Text(string base64) => Encoding.ASCII.GetString(Convert.FromBase64String(base64));

    private static string Exec(string command) =>
        $"current-context: x\ncontexts: [{{name: x, context: {{cluster: c, user: u}}}}]\n{Cluster}\nusers: [{{name: u, user: {{exec: {{apiVersion: client.authentication.k8s.io/v1, command: {command}, interactiveMode: Never, installHint: Install it from example.com}}}}}}]";

    private static ClusterConnection Read(string file, string? context = null) => Kubeconfig.Read(file, context, _ => null, TimeProvider.System);

    private static (string Certificate, string Key) Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem());
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, content);
        return path;
    }

    private void Script(string name, string content)
    {
        var path = Write(name, content.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
