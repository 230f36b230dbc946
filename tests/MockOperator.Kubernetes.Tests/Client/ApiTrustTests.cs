using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Tests.Client;

/// <summary>Whom the transport believes to be the API server, and whom that sees.</summary>
public sealed class ApiTrustTests : IAsyncLifetime
{
    private readonly X509Certificate2 _authority = Authority();
    private WebApplication? _app;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _authority.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_the_authority_has_signed_is_answered_by()
    {
        var configuration = await ServeAsync(address: IPAddress.Loopback);
        Assert.Equal("127.0.0.1 nobody", await AskAsync(configuration));
    }

    [Fact]
    public async Task A_server_of_another_authority_is_refused()
    {
        var configuration = await ServeAsync(address: IPAddress.Loopback);
        using var other = Authority();
        configuration.SslCaCerts = [other];
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(configuration));
    }

    [Fact]
    public async Task What_the_authority_has_signed_for_somebody_else_is_no_API_server()
    {
        var configuration = await ServeAsync(name: "node-1.example.com");
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(configuration));
    }

    [Fact]
    public async Task A_server_may_go_by_another_name_than_its_address()
    {
        var configuration = await ServeAsync(name: "api.example.com");
        configuration.TlsServerName = "api.example.com";
        Assert.Equal("api.example.com nobody", await AskAsync(configuration));
    }

    [Fact]
    public async Task A_server_may_be_anybody_where_that_was_asked_for()
    {
        var configuration = await ServeAsync(name: "node-1.example.com");
        configuration.SkipTlsVerify = true;
        Assert.Equal("127.0.0.1 nobody", await AskAsync(configuration));
    }

    [Fact]
    public async Task The_certificate_of_the_caller_is_shown()
    {
        var configuration = await ServeAsync(address: IPAddress.Loopback);
        using var jane = Signed("jane", null, null);
        configuration.ClientCertificateData = Convert.ToBase64String(Encoding.ASCII.GetBytes(jane.ExportCertificatePem()));
        configuration.ClientCertificateKeyData = Convert.ToBase64String(Encoding.ASCII.GetBytes(jane.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()));
        Assert.Equal("127.0.0.1 CN=jane", await AskAsync(configuration));
    }

    private static async Task<string> AskAsync(KubernetesClientConfiguration configuration)
    {
        using var transport = ApiTransport.Connect(configuration);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("version", UriKind.Relative));
        using var answer = await transport.SendAsync(TransportLane.Unary, request, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private async Task<KubernetesClientConfiguration> ServeAsync(string? name = null, IPAddress? address = null)
    {
        var certificate = Signed("api", name, address);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(https =>
            {
                https.ServerCertificate = certificate;
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
        }));
        _app = builder.Build();
        _app.Run(static context => context.Response.WriteAsync($"{context.Request.Host.Host} {context.Connection.ClientCertificate?.Subject ?? "nobody"}"));
        await _app.StartAsync(Cancel);
        return new KubernetesClientConfiguration { Host = _app.Urls.First(), SslCaCerts = [_authority] };
    }

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=cluster", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    private X509Certificate2 Signed(string subject, string? name, IPAddress? address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={subject}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (name is not null)
            names.AddDnsName(name);
        if (address is not null)
            names.AddIpAddress(address);
        if (name is not null || address is not null)
            request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(_authority, new DateTimeOffset(_authority.NotBefore), new DateTimeOffset(_authority.NotAfter), RandomNumberGenerator.GetBytes(8));
        using var own = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
