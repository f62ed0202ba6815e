using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Lab;

/// <summary>One silo for the tests of a class, which run one after the other.</summary>
public sealed class LabFixture : IAsyncDisposable
{
    SiloHost? host;

    public async Task<SiloHost> Host(AzuriteFixture azurite) => host ??= await SiloHost.Start(azurite, new Dictionary<string, string?> { ["Lab:Dashboard"] = "http://localhost:1/" });

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
    }
}
