using FlagCloud.Tests.Hosting;
using FlagCloud.Tests.Production;

[assembly: AssemblyFixture(typeof(ProductionSilo))]

namespace FlagCloud.Tests.Production;

/// <summary>One silo in Production, with a key, for all tests that only ask it something.</summary>
public sealed class ProductionSilo : IAsyncDisposable
{
    public const string Key = "a key of thirty-two characters!!";

    readonly SemaphoreSlim gate = new(1);
    SiloHost? host;

    public async Task<SiloHost> Host(AzuriteFixture azurite)
    {
        await gate.WaitAsync();
        try
        {
            return host ??= await Start(azurite, Key);
        }
        finally
        {
            gate.Release();
        }
    }

    public static Task<SiloHost> Start(AzuriteFixture azurite, string? key) =>
        SiloHost.Start(azurite, new Dictionary<string, string?> { ["Api:Key"] = key }, environment: "Production");

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        gate.Dispose();
    }
}
