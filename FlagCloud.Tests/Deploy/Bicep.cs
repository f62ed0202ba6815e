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
        ["REGISTRY_NAME"] = "flagcloudregistry",
        ["READER_ID"] = "00000000-0000-0000-0000-000000000002",
    };

    public static string File(params string[] parts) => Repository.PathTo(["deploy", "azure", .. parts]);

    /// <summary>Compiles to a template.</summary>
    /// <returns>What the compiler has to say; nothing if all is well.</returns>
    public static async Task<string> Build(string file)
    {
        var (exit, _, said) = await Tool.Run(Compiler(), ["build", file, "--stdout"], Environment);
        return exit is 0 ? said.Trim() : $"exit code {exit}: {said}";
    }

    /// <summary>The resources that a deployment with these parameters would make; what only Azure knows stays an expression.</summary>
    public static async Task<IReadOnlyList<JsonElement>> Predict(string parameters)
    {
        var snapshot = Path.ChangeExtension(parameters, ".snapshot.json");
        try
        {
            var (exit, _, said) = await Tool.Run(
                Compiler(), ["snapshot", parameters, "--mode", "overwrite", "--subscription-id", "00000000-0000-0000-0000-000000000001", "--resource-group", "flagcloud", "--location", "westeurope"],
                Environment);
            Assert.True(exit is 0, said);
            using var document = JsonDocument.Parse(await System.IO.File.ReadAllTextAsync(snapshot, TestContext.Current.CancellationToken));
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
