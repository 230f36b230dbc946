using System.Diagnostics;
using System.Text.RegularExpressions;
using MockOperator.Operator.Tests.Installation;

namespace MockOperator.Operator.Tests.Conditions;

/// <summary>The kustomization of docs/gitops.md, built by kubectl.</summary>
public sealed partial class KustomizeTests
{
    [Fact]
    public async Task A_name_that_changes_with_the_content_is_in_every_field_that_refers_to_it()
    {
        string? kubectl = Workshop.Find("kubectl");
        Assert.SkipWhen(kubectl is null, "There is no kubectl on the path.");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("kustomization-");
        try
        {
            await WriteAsync("kustomization.yaml", GitopsPage.Block("configMapGenerator:"));
            await WriteAsync("mock-operator.yaml", GitopsPage.Block("nameReference:"));
            await WriteAsync("petstore.postman_collection.json", """{"item": []}""");
            await WriteAsync("petstore.yaml", """
                apiVersion: mockoperator.dev/v1alpha1
                kind: Collection
                metadata: {name: petstore}
                spec: {configMapKeyRef: {name: petstore-collection, key: collection.json}}
                ---
                apiVersion: mockoperator.dev/v1alpha1
                kind: MockServer
                metadata: {name: petstore}
                spec:
                  collection: {configMapKeyRef: {name: petstore-collection, key: collection.json}}
                  environment: {from: [{configMapRef: {name: petstore-collection}}]}
                """);

            var start = new ProcessStartInfo(kubectl!, ["kustomize", folder.FullName]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            Task<string> complaint = process.StandardError.ReadToEndAsync(cancellation);
            string built = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);

            Assert.True(process.ExitCode == 0, await complaint);
            string[] names = [.. Name().Matches(built).Select(static match => match.Value)];
            Assert.Equal(4, names.Length);
            Assert.NotEqual("name: petstore-collection", Assert.Single(names.Distinct(StringComparer.Ordinal)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text, cancellation);
    }

    [GeneratedRegex("name: petstore-collection[-a-z0-9]*")]
    private static partial Regex Name();
}
