using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Deploy;

/// <summary>deploy/compose, by podman-compose.</summary>
public sealed class ComposeDeployment(ContainerImages images) : ContainerDeployment(images)
{
    string NoDashboard => Path.Combine(Podman.Folder, $"{Id}.yaml");

    protected override string Network => $"{Id}_default";

    /// <summary>Stops and starts Azurite, with the grace that its file gives it. (podman-compose would not say if that failed.)</summary>
    public Task RestartStorage() => Podman.Run("restart", "--time", "2", Container("azurite"));

    Task Compose(params string[] arguments) => Podman.Run(
        "podman-compose", ["--file", Repository.PathTo("deploy", "compose", "compose.yaml"), "--file", NoDashboard, "--project-name", Id, .. arguments],
        new Dictionary<string, string>
        {
            ["FLAGCLOUD_API_KEY"] = Manifest.ApiKey, ["FLAGCLOUD_IMAGES"] = ContainerImages.Prefix, ["FLAGCLOUD_VERSION"] = ContainerImages.Version, ["FLAGCLOUD_WEB"] = $"127.0.0.1:{FreePort.Next()}",
        });

    // The dashboard's image cannot be made here. Its name leads to where nobody listens: one that nobody knows would be looked up for seconds, again and again.
    protected override async Task Up()
    {
        string[] services = ["origin", .. Silos, "web"];
        await File.WriteAllTextAsync(NoDashboard, $"services:\n{string.Join('\n', services.Select(service => $"  {service}: {{ extra_hosts: [\"dashboard:127.0.0.1\"] }}"))}\n");
        await Compose(["up", "--detach", "azurite", .. services]);
    }

    public override async Task Down()
    {
        await Compose("down", "--volumes", "--timeout", "2"); // One after the other.
        await Podman.Run("network", "rm", "--force", Network); // podman-compose 1.0.3 leaves it; docker compose does not.
    }

    protected override string Container(string name) => $"{Id}_{name}_1";

    protected override Task<string> Address(string name) =>
        Podman.Run("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", Container(name));
}
