using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FlagCloud.Tests.Deploy;
using FlagCloud.Tests.Faults;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.AppHost;

/// <summary>An app that cannot run ends with what was wrong, as one message.</summary>
public sealed class AppHostRefusalTests
{
    [Fact, Trait(FaultTable.Trait, "AppHost")]
    public async Task Port_that_is_taken_is_one_message()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var begunAt = Stopwatch.GetTimestamp();
        await using var host = AppHostProcess.Start("http", [$"--Ports:Web={port}", "--Ports:Origin=0", "--Ports:Blob=0"], new Dictionary<string, string> { ["ASPNETCORE_URLS"] = $"http://localhost:{FreePort.Next()}" });

        Assert.Equal(1, await host.Ends());
        Assert.Contains($"Port {port}, which is web's, is taken.", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
        FaultTable.Row("AppHost", "a port is taken", "ends with 1", begunAt, "Port …, which is web's, is taken.");
    }

    [Theory]
    [InlineData("--Silos=none", "Silos is \"none\". It must be a number from 1 to 16.")]
    [InlineData("--Ports:Web=70000", "Ports:Web is \"70000\". It must be a number from 0 to 65535, where 0 is any free port.")]
    [InlineData("--Fresh=maybe", "Fresh is \"maybe\". It must be true or false.")]
    public async Task Setting_that_makes_no_sense_is_one_message(string argument, string message)
    {
        await using var host = AppHostProcess.StartBeside(argument);

        Assert.Equal(1, await host.Ends());
        Assert.Equal(message, host.Output);
    }

    [Fact, Trait(FaultTable.Trait, "AppHost")]
    public async Task Storage_that_does_not_start_ends_the_app_with_its_reason()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("A shell script stands in for Node.js.");
        var programs = Directory.CreateTempSubdirectory("flagcloud-programs-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(programs.FullName, "node"), "#!/bin/sh\necho 'Exit due to unhandled error: no space left' >&2; exit 7\n", TestContext.Current.CancellationToken);
            await Tool.Run("chmod", ["+x", Path.Combine(programs.FullName, "node")]);
            var begunAt = Stopwatch.GetTimestamp();
            await using var host = AppHostProcess.Start("beside", [], new Dictionary<string, string> { ["PATH"] = $"{programs.FullName}:{Environment.GetEnvironmentVariable("PATH")}" });

            Assert.Equal(1, await host.Ends());
            Assert.Equal("azurite has ended with exit code 7 before the app was ready. Its last lines:\n  Exit due to unhandled error: no space left", host.Output);
            FaultTable.Row("AppHost", "storage does not start", "ends with 1", begunAt, "azurite has ended with exit code 7 before the app was ready. …");
        }
        finally
        {
            programs.Delete(recursive: true);
        }
    }
}
