using System.Text.Json;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Deploy;

/// <summary>What dotnet publish -t:PublishContainer would build; the base image itself is downloaded only then.</summary>
public sealed class ContainerImageTests
{
    [Theory]
    [InlineData("FlagCloud.Silo", "flagcloud/silo", "aspnet", "/app/FlagCloud.Silo.dll")]
    [InlineData("FlagCloud.Origin", "flagcloud/origin", "aspnet", "/app/FlagCloud.Origin.dll")]
    [InlineData("FlagCloud.Cli", "flagcloud/cli", "runtime", "/app/flagcloud.dll")]
    public async Task It_is_small_without_root_and_labelled(string project, string repository, string flavour, string program)
    {
        var (exit, output, said) = await Tool.Run(
            "dotnet",
            [
                "msbuild", Repository.PathTo(project, project + ".csproj"), "-t:ComputeContainerBaseImage;ComputeContainerConfig", "-p:Configuration=Release",
                "-getProperty:ContainerBaseImage,ContainerRepository,ContainerUser,ContainerImageTag", "-getItem:ContainerLabel,ContainerAppCommand",
            ]);
        Assert.True(exit is 0, output + said);
        using var image = JsonDocument.Parse(output);
        var (properties, items) = (image.RootElement.GetProperty("Properties"), image.RootElement.GetProperty("Items"));

        Assert.Equal($"mcr.microsoft.com/dotnet/{flavour}:10.0-noble-chiseled", properties.GetProperty("ContainerBaseImage").GetString());
        Assert.Equal((repository, "1654"), (properties.GetProperty("ContainerRepository").GetString(), properties.GetProperty("ContainerUser").GetString()));
        Assert.Equal(["dotnet", program], items.GetProperty("ContainerAppCommand").EnumerateArray().Select(word => word.GetProperty("Identity").GetString()));
        var labels = items.GetProperty("ContainerLabel").EnumerateArray().Select(label => label.GetProperty("Identity").GetString()).ToHashSet();
        Assert.Superset(new HashSet<string?> { "org.opencontainers.image.title", "org.opencontainers.image.description", "org.opencontainers.image.version" }, labels);
        var tag = properties.GetProperty("ContainerImageTag").GetString();
        if (repository is not "flagcloud/cli")
            Assert.Contains($"image: {repository}:{tag}", File.ReadAllText(Repository.PathTo("deploy", "kubernetes", "base", repository.Split('/')[1] + ".yaml")), StringComparison.Ordinal);
    }
}
