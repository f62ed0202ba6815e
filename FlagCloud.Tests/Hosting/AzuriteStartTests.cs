using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Azure.Storage.Blobs;

namespace FlagCloud.Tests.Hosting;

public sealed class AzuriteStartTests : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("flagcloud-azurite-").FullName;

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Data_survive_a_restart()
    {
        await using (var first = await StartAsync())
        {
            await PutAsync(first, "br.svg");
            Assert.Equal(0, await first.StopAsync());
        }
        await using var second = await StartAsync();

        Assert.Equal(Folder(1), second.Data);
        Assert.True(await ExistsAsync(second, "br.svg"));
    }

    [Fact]
    public async Task Data_survive_a_termination_signal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no termination signal.");
        await using (var first = await StartAsync())
        {
            await PutAsync(first, "br.svg");
            using var kill = Process.Start("kill", ["-TERM", $"{first.Id}"]);
            Assert.Equal(0, await first.WaitForExitAsync());
        }
        await using var second = await StartAsync();

        Assert.True(await ExistsAsync(second, "br.svg"));
    }

    [Fact]
    public async Task Second_instance_takes_the_next_folder()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await PutAsync(first, "br.svg");

        Assert.Equal((Folder(1), Folder(2)), (first.Data, second.Data));
        Assert.False(await ExistsAsync(second, "br.svg"));
    }

    [Fact]
    public async Task Instances_that_start_together_never_share_a_folder()
    {
        var instances = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync()));
        try
        {
            Assert.Equal([Folder(1), Folder(2), Folder(3), Folder(4)], instances.Select(i => i.Data).Order());
        }
        finally
        {
            foreach (var instance in instances)
                await instance.DisposeAsync();
        }
    }

    [Fact]
    public async Task Killed_instance_lets_go_of_its_folder()
    {
        await using var first = await StartAsync();
        await first.KillAsync();
        await using var second = await StartAsync();

        Assert.Equal(Folder(1), second.Data);
    }

    [Fact]
    public async Task Fresh_start_finds_nothing()
    {
        await using (var first = await StartAsync())
            await PutAsync(first, "br.svg");
        await using var second = await StartAsync(("FLAGCLOUD_FRESH", "true"));

        Assert.Equal(Folder(1), second.Data);
        Assert.False(await ExistsAsync(second, "br.svg"));
    }

    [Fact]
    public async Task In_memory_uses_no_folder()
    {
        await using var azurite = await StartAsync(("AZURITE_IN_MEMORY", "true"));
        await PutAsync(azurite, "br.svg");

        Assert.Equal("memory", azurite.Data);
        Assert.Empty(Directory.EnumerateFileSystemEntries(root));
    }

    [Fact]
    public async Task Taken_port_is_one_line_and_exit_code_1()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(("PORT", $"{port}")));

        Assert.Equal($"Azurite ended with 1:\nazurite: port {port} is taken. Set PORT to a free one, or end the process that listens on it.", error.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(root));
    }

    [Fact]
    public async Task Port_that_is_no_number_is_refused()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(("PORT", "blob")));

        Assert.Equal("Azurite ended with 1:\nazurite: PORT is \"blob\". It must be a number from 0 to 65535.", error.Message);
    }

    Task<AzuriteProcess> StartAsync(params (string Name, string Value)[] environment) => AzuriteProcess.StartAsync(
        environment.Append(("AZURITE_LOCATION", root)).ToDictionary(e => e.Item1, e => e.Item2), Cancelled);

    string Folder(int number) => Path.Combine(root, $"{number}");

    static BlobContainerClient Container(AzuriteProcess azurite) =>
        new(azurite.Connection, "flags");

    static async Task PutAsync(AzuriteProcess azurite, string name)
    {
        await Container(azurite).CreateIfNotExistsAsync(cancellationToken: Cancelled);
        await Container(azurite).UploadBlobAsync(name, BinaryData.FromString("<svg/>"), Cancelled);
    }

    static async Task<bool> ExistsAsync(AzuriteProcess azurite, string name) => await Container(azurite).GetBlobClient(name).ExistsAsync(Cancelled);
}
