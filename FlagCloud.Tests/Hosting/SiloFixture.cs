using FlagCloud.Tests.Hosting;

[assembly: AssemblyFixture(typeof(SiloFixture))]

namespace FlagCloud.Tests.Hosting;

/// <summary>
/// One silo for all tests that need nothing special of it; comparisons queue up in it, so only short ones belong here. A class that has it as a class fixture has one to itself.
/// </summary>
public sealed class SiloFixture : IAsyncDisposable
{
    readonly SemaphoreSlim gate = new(1);
    SiloHost? host;

    /// <summary>The silo, started by the first who asks. (Fixtures of an assembly do not see each other, hence the parameter.)</summary>
    public async Task<SiloHost> Host(AzuriteFixture azurite)
    {
        await gate.WaitAsync();
        try
        {
            return host ??= await SiloHost.Start(azurite);
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        gate.Dispose();
    }
}
