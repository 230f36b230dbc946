using System.CommandLine;
using MockOperator.Runtime.Manifests;

namespace MockOperator.Runtime.CommandLine;

/// <summary><c>mock-runtime pack</c>: makes manifests of a collection that is too large for one object.</summary>
internal static class PackCommand
{
    /// <summary>Longest name: ConfigMaps get a suffix, and mocks a Service of the same name.</summary>
    private const int MaxNameLength = 50;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var file = new Argument<FileInfo>("collection") { Description = "A Postman export." };
        var name = new Option<string>("--name") { Description = "Name of the Collection.", Required = true };
        var inNamespace = new Option<string?>("--namespace", "-n") { Description = "Namespace; default: that of kubectl." };
        name.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && !MockName.IsLabel(text, MaxNameLength))
            {
                result.AddError($"--name '{text}' must be lower-case letters, digits and dashes, at most {MaxNameLength}.");
            }
        });
        inNamespace.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !MockName.IsLabel(text))
            {
                result.AddError($"--namespace '{text}' is no name of a namespace.");
            }
        });
        var command = new Command("pack", "Print a Collection and its ConfigMaps, compressed and split, for kubectl apply --server-side -f -.") { file, name, inNamespace };
        command.SetAction(result => Pack(result.GetValue(file)!, result.GetValue(name)!, result.GetValue(inNamespace)));
        return command;
    }

    private static int Pack(FileInfo file, string name, string? inNamespace)
    {
        var problems = new List<LocalProblem>();
        if (!file.Exists)
        {
            problems.Add(new LocalProblem(file.FullName, "There is no such file."));
        }
        else if (LocalFiles.Read(file.FullName, problems) is { } document)
        {
            if (PackedCollection.Pack(document) is { } packed)
            {
                packed.Write(Console.Out, name, inNamespace);
                return 0;
            }

            problems.Add(new LocalProblem(file.FullName, $"Even compressed the collection needs more than {PackedCollection.MaxParts} ConfigMaps."));
        }

        foreach (LocalProblem problem in problems)
        {
            Console.Error.WriteLine($"{problem.Where}: {problem.Message}");
        }

        return 1;
    }
}
