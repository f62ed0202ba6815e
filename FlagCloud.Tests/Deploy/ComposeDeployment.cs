using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Deploy;

/// <summary>deploy/compose, by podman-compose.</summary>
public sealed class ComposeDeployment(ContainerImages images) : ContainerDeployment(images)
{
    protected override string Network => $"{Id}_default";

    /// <summary>Stops and starts Azurite, with the grace that its file gives it.</summary>
    public Task RestartStorage() => Compose("restart", "--timeout", "2", "azurite");

    Task Compose(params string[] arguments) => Podman.Run(
        "podman-compose", ["--file", Repository.PathTo("deploy", "compose", "compose.yaml"), "--project-name", Id, .. arguments],
        new Dictionary<string, string>
        {
            ["FLAGCLOUD_API_KEY"] = Manifest.ApiKey, ["FLAGCLOUD_IMAGES"] = ContainerImages.Prefix, ["FLAGCLOUD_VERSION"] = ContainerImages.Version, ["FLAGCLOUD_WEB"] = $"127.0.0.1:{FreePort.Next()}",
        });

    // The dashboard's image cannot be made here.
    protected override Task Up() => Compose(["up", "--detach", "azurite", "origin", .. Silos, "web"]);

    public override async Task Down()
    {
        await Compose("down", "--volumes");
        await Podman.Run("network", "rm", "--force", Network); // podman-compose 1.0.3 leaves it; docker compose does not.
    }

    protected override string Container(string name) => $"{Id}_{name}_1";

    protected override Task<string> Address(string name) =>
        Podman.Run("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", Container(name));
}
