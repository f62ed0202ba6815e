using System.Diagnostics;
using Aspire.Hosting.Processes;

namespace FlagCloud.Tests.Orchestration;

public sealed class ProcessTreeTests
{
    // A root, a child, a grandchild; the grandchild ignores the polite request.
    const string Script = """
        const spawn = require('child_process').spawn, live = 'setInterval(() => {}, 1000);';
        const grandchild = "process.on('SIGTERM', () => {});" + live;
        const child = "require('child_process').spawn('node', ['-e', " + JSON.stringify(grandchild) + "]);" + live;
        spawn('node', ['-e', child]); eval(live);
        """;

    [Fact]
    public async Task Whole_tree_ends_even_if_its_middle_died_first_and_its_leaf_refuses()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows ends process trees through a job object.");
        using var root = Process.Start(new ProcessStartInfo("node", ["-e", Script]))!;
        var tree = new ProcessTree(Platform.Find(root.Id)!.Value);
        IReadOnlyList<ProcessEntry> members = [];
        await Eventually.True("three generations", () => (members = tree.Observe(Platform.Processes())).Count == 3);
        var middle = members.Single(m => m.ParentId == root.Id);
        var leaf = members.Single(m => m.ParentId == middle.Id);

        Platform.Kill(middle);
        await Eventually.True("the middle to be gone", () => Platform.Find(middle.Id) is null);
        await ProcessTree.EndAsync([tree], TimeSpan.FromMilliseconds(500));

        Assert.Empty(tree.Observe(Platform.Processes()));
        Assert.NotEqual(leaf.Start, Platform.Find(leaf.Id)?.Start);
    }

    [Fact]
    public void Process_that_took_over_an_id_is_not_of_the_tree()
    {
        var tree = new ProcessTree(new(10, 1, Start: 100));

        Assert.Empty(tree.Observe([new(10, 1, Start: 200), new(11, 10, Start: 201)]));
        Assert.Equal([10, 11], tree.Observe([new(10, 1, Start: 100), new(11, 10, Start: 101)]).Select(p => p.Id).Order());
    }
}
