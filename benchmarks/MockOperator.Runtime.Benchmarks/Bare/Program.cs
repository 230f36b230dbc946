using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MockOperator.Runtime.Benchmarks.Bare;

// bare PORT BODY [inline]: with "inline", requests are answered on the threads of the sockets, as the runtime does.
bool inline = args is [_, _, "inline"];
if (inline)
{
    Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
}

var options = new KestrelServerOptions { AddServerHeader = false, ApplicationServices = new NoServices() };
options.Listen(IPAddress.Loopback, int.Parse(args[0]), static listen => listen.Protocols = HttpProtocols.Http1);
var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions { UnsafePreferInlineScheduling = inline }), NullLoggerFactory.Instance);
using var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
await server.StartAsync(new BareApplication(Encoding.UTF8.GetBytes(args[1])), CancellationToken.None);
await Task.Delay(Timeout.Infinite);
