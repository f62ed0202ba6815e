using Aspire.Hosting;
using Aspire.Hosting.Running;

namespace FlagCloud.Tests.Orchestration;

public sealed class JavaScriptAppTests
{
    const string Server = """
        require('fs').appendFileSync('starts', (process.env.FLAGCLOUD_FRESH ?? 'kept') + '\n');
        require('http').createServer((q, s) => s.end()).listen(process.env.PORT, 'localhost');
        """;

    [Fact]
    public async Task Fresh_empties_at_the_first_start_and_never_at_a_restart()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["package.json"], """{"name":"app","version":"1.0.0","scripts":{"serve":"node server.cjs"}}""");
        File.WriteAllText(folder["package-lock.json"], """{"name":"app","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"app","version":"1.0.0"}}}""");
        File.WriteAllText(folder["server.cjs"], Server);
        await using var run = new TestRun { Fresh = true };
        run.App.AddJavaScriptApp("app", folder.Path, "serve").WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/");
        await run.StartAsync();
        await run.ReachAsync("app", ResourceState.Healthy);

        await run.Orchestrator.RestartAsync("app");
        await run.ReachAsync("app", ResourceState.Healthy);
        await run.Orchestrator.StopAsync("app");

        Assert.Equal(["true", "kept"], File.ReadAllLines(folder["starts"]));
        Assert.True(File.Exists(folder["node_modules/.flagcloud-lock"]));
    }
}
