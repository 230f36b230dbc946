using System.CommandLine;
using System.Reflection;
using Microsoft.Extensions.Logging.Console;
using MockOperator.Kubernetes.Connections;
using MockOperator.Kubernetes.Hosting;
using MockOperator.Kubernetes.Serving;
using MockOperator.Operator.Allowances;
using MockOperator.Operator.Control;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Exposure;

namespace MockOperator.Operator;

/// <summary>The command line of <c>mock-operator</c>.</summary>
public static class OperatorCommand
{
    private const string ServiceAccountNamespace = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

    // Kubelets and Prometheus: a few.
    private const int MostConnections = 128;
    private static readonly TimeSpan HeadPatience = TimeSpan.FromSeconds(5);

    /// <summary>The version of this program, without the hash of its source.</summary>
    public static string Version =>
        typeof(OperatorCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>Creates it.</summary>
    public static RootCommand Create()
    {
        var namespaces = new Option<string[]>("--namespaces") { Description = "Namespaces to watch, separated by commas. Default: all.", DefaultValueFactory = static _ => [] };
        var image = new Option<string>("--runtime-image") { Description = "Image of the runtime pods.", Required = true };
        var pull = new Option<string>("--runtime-image-pull-policy") { Description = "When that image is pulled.", DefaultValueFactory = static _ => new RuntimeSettings().ImagePullPolicy };
        var pullSecrets = new Option<string[]>("--runtime-image-pull-secrets") { Description = "Secrets, in each mock's namespace, with which it is pulled, separated by commas.", DefaultValueFactory = static _ => [] };
        var election = new Option<bool>("--leader-elect") { Description = "Whether replicas elect a leader.", DefaultValueFactory = static _ => true };
        var port = new Option<int>("--metrics-port") { Description = "Port of metrics and probes.", DefaultValueFactory = static _ => 8080 };
        var logLevel = new Option<LogLevel>("--log-level") { Description = "What is logged: this and what is worse.", DefaultValueFactory = static _ => LogLevel.Information };
        var logFormat = new Option<OperatorLogFormat>("--log-format") { Description = "Json, an object a line, or Text, a line for people.", DefaultValueFactory = static _ => OperatorLogFormat.Json };
        var workers = new Option<int>("--workers") { Description = "MockServers reconciled at a time, 1 to 64.", DefaultValueFactory = static _ => 8 };
        var keyFile = new Option<string>("--control-key-file") { Description = "File with the key of the control channel.", DefaultValueFactory = static _ => new ControlKeyOptions().File };
        var keySecret = new Option<string>("--control-key-secret") { Description = "Secret that is created when that file is not there.", DefaultValueFactory = static _ => new ControlKeyOptions().SecretName };
        var via = new Option<ControlVia>("--control-via") { Description = "How pods are reached: Direct, or ApiServerProxy outside the cluster.", DefaultValueFactory = static _ => ControlVia.Direct };
        var own = new Option<string?>("--operator-namespace") { Description = "Namespace of the lease and of the key's Secret. Default: the pod's own." };
        var domain = new Option<string?>("--domain-template") { Description = "Host names of exposed mocks that name none, such as {name}.{namespace}.mocks.example.com." };
        domain.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !DomainTemplate.TryParse(text, out _, out string? problem))
            {
                result.AddError($"--domain-template: {problem}.");
            }
        });
        var silentClasses = new Option<string[]>("--ingress-classes-without-address") { Description = "Ingress classes whose controllers write no address into Ingresses, separated by commas: mocks count as exposed without one.", DefaultValueFactory = static _ => [] };
        var templates = new Option<AllowedFields>("--pod-templates") { Description = "What spec.podTemplate may say: Safe, or Any, which lets whoever may create MockServers create pods of any kind.", DefaultValueFactory = static _ => AllowedFields.Safe };
        var annotations = new Option<AllowedFields>("--ingress-annotations") { Description = "What spec.ingress.annotations may say: Safe, or Any, which lets whoever may create MockServers configure the ingress controller.", DefaultValueFactory = static _ => AllowedFields.Safe };
        var metadata = new Option<string[]>("--allowed-metadata") { Description = "Keys of labels and annotations, as example.com/team or example.com/*, that mocks may set besides the usual ones, separated by commas.", DefaultValueFactory = static _ => [] };
        metadata.Validators.Add(static result =>
        {
            if (!MetadataKeys.TryParse(Split(result.GetValueOrDefault<string[]?>()), out _, out string? problem))
            {
                result.AddError($"--allowed-metadata: {problem}.");
            }
        });
        var run = new Command("run", "Runs the operator.") { namespaces, image, pull, pullSecrets, election, port, workers, keyFile, keySecret, via, own, domain, silentClasses, templates, annotations, metadata, logLevel, logFormat };
        run.SetAction(async (parsed, cancellation) =>
        {
            var options = new OperatorOptions
            {
                Namespaces = Split(parsed.GetValue(namespaces)),
                Runtime = new RuntimeSettings
                {
                    Image = parsed.GetValue(image)!,
                    ImagePullPolicy = parsed.GetValue(pull)!,
                    ImagePullSecrets = Split(parsed.GetValue(pullSecrets)),
                },
                LeaderElection = parsed.GetValue(election),
                MetricsPort = parsed.GetValue(port),
                Workers = parsed.GetValue(workers),
                LogLevel = parsed.GetValue(logLevel),
                LogFormat = parsed.GetValue(logFormat),
                ControlVia = parsed.GetValue(via),
                Exposure = new ExposureSettings(TemplateOf(parsed.GetValue(domain))) { ClassesWithoutAddress = Split(parsed.GetValue(silentClasses)) },
                Allowances = new UserAllowances
                {
                    PodTemplates = parsed.GetValue(templates),
                    IngressAnnotations = parsed.GetValue(annotations),
                    Metadata = KeysOf(parsed.GetValue(metadata)),
                },
                ControlKey = new ControlKeyOptions
                {
                    File = parsed.GetValue(keyFile)!,
                    SecretName = parsed.GetValue(keySecret)!,
                    Namespace = parsed.GetValue(own) ?? OwnNamespace(),
                    PodName = Environment.GetEnvironmentVariable("POD_NAME"),
                },
            };
            try
            {
                await RunAsync(options, cancellation);
                return Environment.ExitCode;
            }
            catch (KubeconfigException e)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"Error: {e.Message}");
                return 1;
            }
        });
        return new RootCommand("The control plane of mock servers on Kubernetes.") { run };
    }

    /// <summary>Runs the operator until it is told to stop.</summary>
    public static async Task RunAsync(OperatorOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (options.LogFormat == OperatorLogFormat.Text)
        {
            builder.Logging.AddSimpleConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
                console.SingleLine = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        }
        else
        {
            builder.Logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        }

        builder.Logging.SetMinimumLevel(options.LogLevel);
        builder.Logging.AddFilter("Microsoft", options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning);
        builder.WebHost.BoundConnections(MostConnections).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.RequestHeadersTimeout = HeadPatience;
            kestrel.ListenAnyIP(options.MetricsPort);
        });
        builder.Services.AddMockOperator(options);
        builder.Services.AddHostedService<IdleMemory>();
        await using WebApplication app = builder.Build();
        app.MapOperatorEndpoints();
        await app.RunAsync(cancellation);
    }

    private static string[] Split(string[]? values) =>
        [.. (values ?? []).SelectMany(static value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static DomainTemplate? TemplateOf(string? text) => text is not null && DomainTemplate.TryParse(text, out DomainTemplate? template, out _) ? template : null;

    private static MetadataKeys KeysOf(string[]? texts) => MetadataKeys.TryParse(Split(texts), out MetadataKeys? keys, out _) ? keys : MetadataKeys.Usual;

    private static string OwnNamespace() => File.Exists(ServiceAccountNamespace) ? File.ReadAllText(ServiceAccountNamespace).Trim() : "default";
}
