using System.Collections.Immutable;
using System.CommandLine;
using MockOperator.Cli.Manifests;
using MockOperator.Client.Collections;
using MockOperator.Client.Documents;
using MockOperator.Client.Naming;
using MockOperator.Resources;
using MockOperator.Runtime.Content;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl-mock pack</c>: makes manifests of a collection that is too large for one object.</summary>
internal static class PackCommand
{
    /// <summary>Longest name: ConfigMaps get a suffix, and mocks a Service of the same name.</summary>
    private const int MaxNameLength = 50;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var file = new Argument<FileInfo>("collection") { Description = "A Postman export." };
        var name = new Option<string>("--name") { Description = "Name of the Collection and of its MockServer.", Required = true };
        var inNamespace = new Option<string?>("--namespace", "-n") { Description = "Namespace; default: that of kubectl." };
        var server = new Option<bool>("--mock-server") { Description = "Whether a MockServer of it is printed as well.", DefaultValueFactory = static _ => true };
        name.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && !DnsLabel.Is(text, MaxNameLength))
            {
                result.AddError($"--name '{text}' must be lower-case letters, digits and dashes, at most {MaxNameLength}.");
            }
        });
        inNamespace.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !DnsLabel.Is(text))
            {
                result.AddError($"--namespace '{text}' is no name of a namespace.");
            }
        });
        var command = new Command("pack", "Print a Collection, its ConfigMaps, compressed and split, and a MockServer of it, for kubectl apply --server-side -f -.") { file, name, inNamespace, server };
        command.SetAction(result => Pack(result.GetValue(file)!, result.GetValue(name)!, result.GetValue(inNamespace), result.GetValue(server)));
        return command;
    }

    private static int Pack(FileInfo file, string name, string? inNamespace, bool withServer)
    {
        var problems = new List<LocalProblem>();
        if (!file.Exists)
        {
            problems.Add(new LocalProblem(file.FullName, "There is no such file."));
        }
        else if (LocalFiles.Read(file.FullName, problems) is { } document && IsServable(file.FullName, name, document, problems))
        {
            if (PackedDocument.Pack(document) is { } packed)
            {
                PackedManifests.Write(Console.Out, packed, name, inNamespace, withServer);
                Console.Error.WriteLine($"What a larger packing left behind goes with: kubectl delete configmaps -l '{packed.Leftovers(name)}'");
                return 0;
            }

            problems.Add(new LocalProblem(file.FullName, $"Even compressed the collection needs more than {PackedDocument.MaxParts} ConfigMaps."));
        }

        foreach (LocalProblem problem in problems)
        {
            Console.Error.WriteLine($"{problem.Where}: {problem.Message}");
        }

        return 1;
    }

    /// <summary>What nothing can be served of is not packed; what is left out of the rest is told.</summary>
    private static bool IsServable(string file, string name, byte[] document, List<LocalProblem> problems)
    {
        switch (DocumentSniffer.Judge(document))
        {
            case DocumentKind.Environment:
                problems.Add(new LocalProblem(file, "This is an environment, no collection. It goes into a ConfigMap or a Secret that spec.environment of the MockServer names."));
                return false;
            case DocumentKind.Manifest:
                problems.Add(new LocalProblem(file, "This is a Kubernetes manifest, no collection that Postman exported. Apply it as it is."));
                return false;
        }

        var definition = new MockDefinition { Name = name, Namespace = LocalDocuments.DefaultNamespace };
        ContentReading reading = ContentCompiler.Compile("", definition, document, new Dictionary<string, string>(StringComparer.Ordinal), LocalKeys.None, TimeProvider.System);
        ImmutableArray<LoadIssue> issues = reading is ContentReading.Usable usable ? usable.Content.Plan.Issues : ((ContentReading.Unusable)reading).Issues;
        foreach (LoadIssue issue in issues)
        {
            Console.Error.WriteLine(LoadReport.Describe(name, issue));
        }

        if (reading is ContentReading.Unusable unusable)
        {
            problems.Add(new LocalProblem(file, unusable.Problem));
            return false;
        }

        return true;
    }
}
