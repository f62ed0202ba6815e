using System.Text.Json;
using FlagCloud.Tests.Deploy;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.AppHost;

public sealed class ManifestTests
{
    /// <summary>What a deployment gets to know. After a change that is meant, copy the file that the message names over manifest.json.</summary>
    [Fact]
    public async Task Published_app_asks_for_its_storage_and_is_what_it_was()
    {
        var written = Repository.PathTo("FlagCloud.Tests", "TestResults", "manifest.json"); // As deep as the other: it names projects relative to itself.
        Directory.CreateDirectory(Path.GetDirectoryName(written)!);
        var (exitCode, output, error) = await Tool.Run(
            Path.Combine(BuildOutput.Of("FlagCloud.AppHost"), "FlagCloud.AppHost" + (OperatingSystem.IsWindows() ? ".exe" : "")), ["--publisher", "manifest", "--output-path", written]);
        Assert.True(exitCode is 0, output + error);

        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken));
        var resources = manifest.RootElement.GetProperty("resources");
        Assert.Equal(["blobs", "origin", "silo", "tables", "web"], resources.EnumerateObject().Select(resource => resource.Name).Order());
        Assert.All(["blobs", "tables"], name => Assert.Equal("parameter.v0", resources.GetProperty(name).GetProperty("type").GetString()));
        Assert.True(
            JsonElement.DeepEquals(manifest.RootElement, JsonDocument.Parse(await File.ReadAllTextAsync(Repository.PathTo("FlagCloud.Tests", "AppHost", "manifest.json"), TestContext.Current.CancellationToken)).RootElement),
            $"The manifest is another: {written}");
    }
}
