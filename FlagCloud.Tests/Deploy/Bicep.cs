using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Deploy;

/// <summary>The Bicep compiler, which knows the types of Azure's resources and works out a deployment without Azure.</summary>
static class Bicep
{
    static readonly Dictionary<string, string> Environment = new()
    {
        ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1",
        ["FLAGCLOUD_API_KEY"] = Manifest.ApiKey,
    };

    // Once each: the compiler writes beside the file.
    static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<JsonElement>>>> Predicted = [];

    public static string File(params string[] parts) => Repository.PathTo(["deploy", "azure", .. parts]);

    /// <summary>Compiles to a template, with the linter's rules.</summary>
    /// <returns>What the compiler has to say; nothing if all is well.</returns>
    public static async Task<string> Build(string file)
    {
        var (exit, _, said) = await Tool.Run(Compiler(), ["build", file, "--stdout"], Environment);
        return exit is 0 ? said.Trim() : $"exit code {exit}: {said}";
    }

    /// <summary>The resources that a deployment with these parameters would make; what only Azure knows stays an expression.</summary>
    public static Task<IReadOnlyList<JsonElement>> Predict(string parameters) => Predicted.GetOrAdd(parameters, file => new(() => Snapshot(file))).Value;

    static async Task<IReadOnlyList<JsonElement>> Snapshot(string parameters)
    {
        var snapshot = Path.ChangeExtension(parameters, ".snapshot.json");
        try
        {
            var subscription = (await System.IO.File.ReadAllTextAsync(Path.ChangeExtension(parameters, ".bicep"))).Contains("targetScope = 'subscription'", StringComparison.Ordinal);
            string[] scope = subscription ? ["--deployment-name", "flagcloud"] : ["--resource-group", "flagcloud"];
            var (exit, _, said) = await Tool.Run(
                Compiler(), ["snapshot", parameters, "--mode", "overwrite", "--subscription-id", "00000000-0000-0000-0000-000000000001", "--location", "westeurope", .. scope], Environment);
            Assert.True(exit is 0, said);
            using var document = JsonDocument.Parse(await System.IO.File.ReadAllTextAsync(snapshot));
            return [.. document.RootElement.GetProperty("predictedResources").EnumerateArray().Select(resource => resource.Clone())];
        }
        finally
        {
            System.IO.File.Delete(snapshot);
        }
    }

    static string Compiler()
    {
        var packaged = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(attribute => attribute.Key is "Bicep")?.Value;
        if (packaged is not null && OperatingSystem.IsLinux()) System.IO.File.SetUnixFileMode(packaged, System.IO.File.GetUnixFileMode(packaged) | UnixFileMode.UserExecute);
        if (packaged is null && Tool.Find("bicep") is null) Assert.Skip("There is no Bicep compiler: put bicep on the PATH.");
        return packaged ?? Tool.Find("bicep")!;
    }
}
