using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MockOperator.Runtime.Benchmarks.Bare;

var options = new KestrelServerOptions { AddServerHeader = false, ApplicationServices = new NoServices() };
options.Listen(IPAddress.Loopback, int.Parse(args[0]), static listen => listen.Protocols = HttpProtocols.Http1);
var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
using var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
await server.StartAsync(new BareApplication(Encoding.UTF8.GetBytes(args[1])), CancellationToken.None);
await Task.Delay(Timeout.Infinite);
