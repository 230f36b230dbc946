using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MockOperator.Runtime.Hosting;

/// <summary>
/// Makes Kestrel servers that cannot do TLS. The constructor of <see cref="KestrelServer"/> brings TLS along, and with it certificates, their revocation and a whole HTTP client that asks for it: a
/// fifth of the program, for ports that a Service or an Ingress stands before. Without it there is only the way that hosts go, through services.
/// </summary>
internal sealed class PlainKestrel : IWebHostBuilder
{
    private readonly ServiceCollection _services = new();

    private PlainKestrel()
    {
    }

    /// <summary>Makes a server.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="transport">Where its connections come from.</param>
    /// <param name="loggers">Where it warns.</param>
    public static IServer Create(KestrelServerOptions options, IConnectionListenerFactory transport, ILoggerFactory loggers)
    {
        var kestrel = new PlainKestrel();
        kestrel._services.AddSingleton(transport);
        kestrel.UseKestrelCore();
        kestrel._services.Replace(ServiceDescriptor.Singleton(Options.Create(options)));
        kestrel._services.AddSingleton(loggers);
        kestrel._services.AddSingleton<DiagnosticSource>(new DiagnosticListener(nameof(PlainKestrel)));
        kestrel._services.AddSingleton<IMeterFactory>(new Meters());
        return kestrel._services.BuildServiceProvider().GetRequiredService<IServer>();
    }

    IWebHostBuilder IWebHostBuilder.ConfigureServices(Action<IServiceCollection> configureServices)
    {
        configureServices(_services);
        return this;
    }

    IWebHostBuilder IWebHostBuilder.ConfigureServices(Action<WebHostBuilderContext, IServiceCollection> configureServices)
    {
        configureServices(new WebHostBuilderContext(), _services);
        return this;
    }

#pragma warning disable ASPDEPR008 // The interface has it; nothing calls it.
    IWebHost IWebHostBuilder.Build() => throw new NotSupportedException();
#pragma warning restore ASPDEPR008

    IWebHostBuilder IWebHostBuilder.ConfigureAppConfiguration(Action<WebHostBuilderContext, IConfigurationBuilder> configureDelegate) => throw new NotSupportedException();

    string? IWebHostBuilder.GetSetting(string key) => null;

    IWebHostBuilder IWebHostBuilder.UseSetting(string key, string? value) => throw new NotSupportedException();

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
