using System.CommandLine;
using System.Net;
using MockOperator.Resources;
using MockOperator.Runtime.Hosting;
using MockOperator.Runtime.Logging;

namespace MockOperator.Runtime.CommandLine;

/// <summary>The options that every command which listens has in common.</summary>
internal sealed class HostOptions
{
    private readonly Option<int> _port = PortOption.Create("--port", "Port of the mocks.", 8080);
    private readonly Option<int> _adminPort = PortOption.Create("--admin-port", "Port of /healthz, /readyz and /metrics.", 9090);
    private readonly Option<int> _callsPort = PortOption.Create("--calls-port", "Port at which calls are read, on the loopback address alone.", CallsPort.Number);
    private readonly Option<string?> _address;
    private readonly Option<int> _maxConnections = PortOption.Bounded("--max-connections", "Open connections on the port of the mocks. Default: by the memory limit and the limit of open files.", RuntimeHostOptions.DefaultMaxConnections, 1, 1_000_000);
    private readonly Option<int> _drainDelay;
    private readonly Option<int> _grace = PortOption.Bounded("--grace-period", "Seconds that requests under way have to finish after SIGTERM.", 20, 0, 600);
    private readonly Option<LogFormat> _logFormat;
    private readonly bool _isLocal;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="logFormat">How it logs unless said otherwise.</param>
    /// <param name="drainDelaySeconds">Its drain delay unless said otherwise.</param>
    /// <param name="isLocal">Whether it is for one person at one machine: then it listens on the loopback address, and a port that nobody named may be another if it is taken.</param>
    public HostOptions(Command command, LogFormat logFormat, int drainDelaySeconds, bool isLocal = false)
    {
        _isLocal = isLocal;
        _address = new Option<string?>("--address") { Description = isLocal ? "Local address to listen on; 0.0.0.0 for all. Default: 127.0.0.1." : "Local address to listen on. Default: all." };
        _drainDelay = PortOption.Bounded(
            "--drain-delay", "Seconds between SIGTERM and accepting no more connections, so that load balancers notice first.", drainDelaySeconds, 0, 600);
        _logFormat = new Option<LogFormat>("--log-format") { Description = "Text or Json.", DefaultValueFactory = _ => logFormat };
        _address.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !IPAddress.TryParse(text, out _))
            {
                result.AddError($"--address '{text}' is no IP address.");
            }
        });
        foreach (Option option in (Option[])[_port, _adminPort, _callsPort, _address, _maxConnections, _drainDelay, _grace, _logFormat])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads what was given.</summary>
    public RuntimeHostOptions Read(ParseResult result) => new()
    {
        Address = result.GetValue(_address) is { } address ? IPAddress.Parse(address) : _isLocal ? IPAddress.Loopback : null,
        Port = result.GetValue(_port),
        AdminPort = result.GetValue(_adminPort),
        AdminPortMayBeAnother = _isLocal && IsUnsaid(result, _adminPort),
        CallsPort = result.GetValue(_callsPort),
        CallsPortMayBeAnother = _isLocal && IsUnsaid(result, _callsPort),
        CallLog = Console.OpenStandardOutput(),
        MaxConnections = IsUnsaid(result, _maxConnections) ? null : result.GetValue(_maxConnections),
        DrainDelay = TimeSpan.FromSeconds(result.GetValue(_drainDelay)),
        GracePeriod = TimeSpan.FromSeconds(result.GetValue(_grace)),
    };

    /// <summary>What a person calls this machine by: the address that was given, unless it stands for all.</summary>
    public string HostName(ParseResult result) => result.GetValue(_address) switch
    {
        null or "0.0.0.0" or "::" => "localhost",
        { } address => address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address,
    };

    private static bool IsUnsaid(ParseResult result, Option option) => result.GetResult(option) is null or { Implicit: true };

    /// <summary>Opens the log on standard error.</summary>
    public ILoggerFactory CreateLoggers(ParseResult result) =>
        ConsoleLogProvider.CreateFactory(result.GetValue(_logFormat), Console.Error, TimeProvider.System);
}
