namespace Aspire.Hosting.Processes;

/// <summary>
/// A process and all that descends from it. Descendants are remembered once seen, so that they are found even after the process
/// between them and the root has died (npm starts a shell, which starts node).
/// </summary>
internal sealed class ProcessTree(ProcessEntry root)
{
    readonly Dictionary<int, long> members = new() { [root.Id] = root.Start };

    public ProcessEntry Root => root;

    /// <summary>Takes in what has been started since, and returns what is alive.</summary>
    public IReadOnlyList<ProcessEntry> Observe(IReadOnlyList<ProcessEntry> processes)
    {
        lock (members)
        {
            var alive = processes.Where(IsMember).ToDictionary(p => p.Id);
            while (true)
            {
                var born = processes.Where(p => !alive.ContainsKey(p.Id) && alive.TryGetValue(p.ParentId, out var parent) && p.Start >= parent.Start).ToList();
                if (born.Count == 0)
                    return [.. alive.Values];
                foreach (var process in born)
                    (alive[process.Id], members[process.Id]) = (process, process.Start);
            }
        }
    }

    /// <summary>Asks every process of the trees to end, and after <paramref name="grace"/> makes the rest.</summary>
    public static async Task EndAsync(IReadOnlyCollection<ProcessTree> trees, TimeSpan grace)
    {
        var asked = new HashSet<int>();
        var deadline = Environment.TickCount64 + (long)grace.TotalMilliseconds;
        // After SIGKILL only the kernel can be slow; two seconds are plenty, and nothing more could be done.
        while (Environment.TickCount64 < deadline + 2000)
        {
            var processes = Platform.Processes();
            var alive = trees.SelectMany(t => t.Observe(processes)).ToList();
            if (alive.Count == 0)
                return;
            foreach (var process in alive)
                if (Environment.TickCount64 >= deadline)
                    Platform.Kill(process);
                else if (asked.Add(process.Id))
                    Platform.Terminate(process);
            await Task.Delay(25);
        }
    }

    bool IsMember(ProcessEntry process) => members.TryGetValue(process.Id, out var start) && start == process.Start;
}
