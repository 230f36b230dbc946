namespace MockOperator.Operator.Tests.Installation;

/// <summary><c>make push</c> and <c>make install</c>: images into a registry, and an operator that runs them.</summary>
public sealed class PushTests : IDisposable
{
    private const string Images = """
        #!/usr/bin/env bash
        printf 'mock-runtime\tmock-operator/mock-runtime:aaa\t/archives/runtime.tar\n'
        printf 'mock-operator\tmock-operator/mock-operator:bbb\t/archives/operator.tar\n'
        """;

    private readonly Workshop _workshop = new Workshop().Replace("images", Images);

    [Theory]
    [InlineData("registry.example.com/team", null, "docker://registry.example.com/team/mock-runtime:aaa", "--dest-tls-verify=true")]
    [InlineData("registry.example.com/team/", "0.1.0", "docker://registry.example.com/team/mock-runtime:0.1.0", "--dest-tls-verify=true")]
    [InlineData("localhost:5000", null, "docker://localhost:5000/mock-runtime:aaa", "--dest-tls-verify=false")]
    public async Task Both_images_are_pushed_from_their_archives_and_named_by_digest(string registry, string? tag, string target, string verification)
    {
        Skopeo().With("REGISTRY", registry).With("TAG", tag ?? "");

        (int exitCode, string output, string error) = await _workshop.RunAsync("push");

        Assert.True(exitCode == 0, error);
        string place = registry.TrimEnd('/');
        Assert.Equal($"mock-runtime\t{place}/mock-runtime@sha256:2\nmock-operator\t{place}/mock-operator@sha256:1\n", output);
        string call = Assert.Single(_workshop.Calls, static call => call.Contains("docker-archive:/archives/runtime.tar", StringComparison.Ordinal));
        Assert.EndsWith(target, call, StringComparison.Ordinal);
        Assert.Contains(verification, call, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_skopeo_an_engine_that_answers_loads_tags_and_pushes()
    {
        _workshop.Play("docker", "podman").Answer("docker info", "false").With("REGISTRY", "registry.example.com/team")
            .Answer("podman image inspect", """echo "elsewhere/mock@sha256:9"; echo "${*: -1}" | sed 's/:[^:]*$/@sha256:7/'""");

        (int exitCode, string output, string error) = await _workshop.RunAsync("push");

        Assert.True(exitCode == 0, error);
        Assert.Equal("mock-runtime\tregistry.example.com/team/mock-runtime@sha256:7\nmock-operator\tregistry.example.com/team/mock-operator@sha256:7\n", output);
        Assert.Equal(
            ["podman load -i /archives/runtime.tar", "podman tag mock-operator/mock-runtime:aaa registry.example.com/team/mock-runtime:aaa", "podman push registry.example.com/team/mock-runtime:aaa"],
            _workshop.Calls.Where(static call => call.StartsWith("podman ", StringComparison.Ordinal)).Skip(1).Take(3));
    }

    [Fact]
    public async Task Where_nothing_can_push_that_is_said()
    {
        _workshop.Play("docker", "dpkg-query", "apt-get", "id").Answer("docker info", "false").Answer("dpkg-query", "false").Answer("id", "echo 1000").With("REGISTRY", "registry.example.com/team");

        (int exitCode, _, string error) = await _workshop.RunAsync("push");

        Assert.Equal(1, exitCode);
        Assert.Contains("sudo apt-get install skopeo", error, StringComparison.Ordinal);
        Assert.Contains("neither skopeo nor an engine", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "make push REGISTRY=registry.example.com/team")]
    [InlineData("https://registry.example.com", "is no registry")]
    [InlineData("registry example", "is no registry")]
    [InlineData("your-registry.invalid", "is no registry")]
    public async Task What_is_no_registry_is_told(string registry, string said)
    {
        Skopeo().With("REGISTRY", registry);

        (int exitCode, _, string error) = await _workshop.RunAsync("push");

        Assert.Equal(1, exitCode);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Empty(_workshop.Calls);
    }

    [Fact]
    public async Task A_push_that_fails_ends_it()
    {
        Skopeo("false").With("REGISTRY", "registry.example.com/team");

        (int exitCode, string output, _) = await _workshop.RunAsync("push");

        Assert.NotEqual(0, exitCode);
        Assert.Empty(output);
    }

    [Fact]
    public async Task Install_pushes_and_applies_server_side_what_was_pushed_by_digest()
    {
        Assert.SkipWhen(Workshop.Find("kubectl") is null, "There is no kubectl on the path.");
        Skopeo().PlayKubectl().With("REGISTRY", "registry.example.com/team");

        (int exitCode, _, string error) = await _workshop.RunAsync("install");

        Assert.True(exitCode == 0, error);
        string applied = _workshop.Input("kubectl apply --server-side -f -");
        Assert.Contains("image: registry.example.com/team/mock-operator@sha256:1\n", applied, StringComparison.Ordinal);
        Assert.Contains("value: registry.example.com/team/mock-runtime@sha256:2\n", applied, StringComparison.Ordinal);
        Assert.DoesNotContain(".invalid", applied, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kubectl config current-context", "which cluster is meant?")]
    [InlineData("kubectl get --raw /version", "does not answer")]
    public async Task Install_builds_nothing_for_a_cluster_that_is_not_there(string call, string said)
    {
        Assert.SkipWhen(Workshop.Find("kubectl") is null, "There is no kubectl on the path.");
        Skopeo().Answer(call, "false").PlayKubectl().With("REGISTRY", "registry.example.com/team");

        (int exitCode, _, string error) = await _workshop.RunAsync("install");

        Assert.Equal(1, exitCode);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain(_workshop.Calls, static call => call.StartsWith("skopeo", StringComparison.Ordinal));
    }

    public void Dispose() => _workshop.Dispose();

    private Workshop Skopeo(string script = """while [[ $1 != --digestfile ]]; do shift; done; [[ $3 == *operator.tar ]] && printf sha256:1 >"$2" || printf sha256:2 >"$2" """) =>
        _workshop.Play("skopeo").Answer("skopeo ", script);
}
