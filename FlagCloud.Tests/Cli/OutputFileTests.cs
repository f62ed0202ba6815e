using System.Text;

namespace FlagCloud.Tests.Cli;

public sealed class OutputFileTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flagcloud-cli-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Files_have_what_the_api_returns_and_nothing_else_is_left()
    {
        await using var web = await StandInWeb.StartAsync();
        var json = Path.Combine(folder.FullName, "c.json");
        var csv = Path.Combine(folder.FullName, "c.csv");
        await File.WriteAllTextAsync(json, "older", TestContext.Current.CancellationToken);

        Assert.Equal(0, await new Client().RunAsync(web, "compare", "--json", json, "--csv", csv));
        Assert.Equal(web.RecordBytes, await File.ReadAllBytesAsync(json, TestContext.Current.CancellationToken));
        Assert.Equal(Encoding.UTF8.GetBytes(Samples.Csv), await File.ReadAllBytesAsync(csv, TestContext.Current.CancellationToken));
        Assert.Equal(["c.csv", "c.json"], folder.GetFiles().Select(file => file.Name).Order());
    }

    [Fact]
    public async Task File_is_left_as_it_was_when_the_silo_fails()
    {
        await using var web = await StandInWeb.StartAsync();
        web.GetFailures = 1;
        var json = Path.Combine(folder.FullName, "c.json");
        await File.WriteAllTextAsync(json, "older", TestContext.Current.CancellationToken);
        var client = new Client();

        Assert.Equal(3, await client.RunAsync(web, "compare", "--json", json));
        Assert.Contains("503", client.Error);
        Assert.Equal("older", await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken));
        Assert.Single(folder.GetFiles());
    }

    [Fact]
    public async Task Link_stays_a_link()
    {
        await using var web = await StandInWeb.StartAsync();
        var target = Path.Combine(folder.FullName, "target.json");
        var link = Path.Combine(folder.FullName, "link.json");
        await File.WriteAllTextAsync(target, "older", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(link, target);

        Assert.Equal(0, await new Client().RunAsync(web, "show", "20260102-030405-000-c0fe", "--json", link));
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal(web.RecordBytes, await File.ReadAllBytesAsync(target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Folder_is_no_file_and_nothing_is_started()
    {
        await using var web = await StandInWeb.StartAsync();
        var client = new Client();

        Assert.Equal(2, await client.RunAsync(web, "compare", "--csv", folder.FullName));
        Assert.Contains("--csv takes a file in a folder that exists", client.Error);
        Assert.Empty(web.Requests);
    }
}
