using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Aspire.Hosting.Processes;

/// <summary>Everything that differs between Linux, macOS and Windows: program names, the process table, and how processes end.</summary>
internal static partial class Platform
{
    const int Term = 15;
    const int KillSignal = 9;

    /// <summary>Unix: a guardian process ends what the AppHost leaves behind. Windows: the kernel does, through a job object.</summary>
    public static bool NeedsGuardian => !OperatingSystem.IsWindows();

    public static string Npm => OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    public static string ExecutableOf(string assembly) => Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);

    /// <summary>Where the PATH has a program; null if it has none.</summary>
    public static string? FindProgram(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)).FirstOrDefault(File.Exists);

    public static int ParentId() => OperatingSystem.IsWindows() ? WindowsParentId() : GetParentId();

    /// <summary>All live processes that this user can see; a process that has ended but was not yet collected is not live.</summary>
    public static IReadOnlyList<ProcessEntry> Processes() =>
        OperatingSystem.IsLinux() ? LinuxProcesses() : OperatingSystem.IsMacOS() ? MacProcesses() : [];

    public static ProcessEntry? Find(int id) => OperatingSystem.IsLinux() ? LinuxProcess(id)
        : OperatingSystem.IsMacOS() ? MacProcesses().Where(p => p.Id == id).Select(p => (ProcessEntry?)p).FirstOrDefault()
        : new ProcessEntry(id, 0, 0);

    public static string ProcessName(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.ProcessName;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>Asks a process to end. Windows has no such signal for another process's console, so there it ends at once.</summary>
    public static void Terminate(ProcessEntry process) => Signal(process, Term);

    public static void Kill(ProcessEntry process) => Signal(process, KillSignal);

    /// <summary>Ties a new child to the life of this process where the kernel can do that.</summary>
    public static void TieToThisProcess(Process child)
    {
        if (OperatingSystem.IsWindows())
            _ = AssignProcessToJobObject(Job.Value, child.Handle);
    }

    static void Signal(ProcessEntry process, int signal)
    {
        if (OperatingSystem.IsWindows())
            WindowsKill(process.Id);
        else if (Find(process.Id) is { } now && now.Start == process.Start)
            _ = SendSignal(process.Id, signal);
    }

    // ---- Linux -----------------------------------------------------------------------------------------------------------

    static List<ProcessEntry> LinuxProcesses()
    {
        var entries = new List<ProcessEntry>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && LinuxProcess(id) is { } entry)
                entries.Add(entry);
        return entries;
    }

    static ProcessEntry? LinuxProcess(int id)
    {
        try
        {
            // "123 (name, any character) S 1 …": state, parent, and the start in clock ticks since boot as the 22nd field.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null
                : new(id, int.Parse(fields[1], CultureInfo.InvariantCulture), long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // ---- macOS -----------------------------------------------------------------------------------------------------------

    static List<ProcessEntry> MacProcesses()
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-axo", "pid=,ppid=,stat=,lstart="]) { RedirectStandardOutput = true, Environment = { ["LC_ALL"] = "C" } })!;
        var lines = ps.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        ps.WaitForExit();
        // "  123     1 Ss   Mon Nov 23 09:12:03 2026"
        return [.. lines.Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(f => f.Length >= 8 && !f[2].StartsWith('Z'))
            .Select(f => new ProcessEntry(int.Parse(f[0], CultureInfo.InvariantCulture), int.Parse(f[1], CultureInfo.InvariantCulture),
                DateTime.ParseExact(string.Join(' ', f[4..8]), "MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture).Ticks))];
    }

    // ---- Unix ------------------------------------------------------------------------------------------------------------

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int id, int signal);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentId();

    // ---- Windows ---------------------------------------------------------------------------------------------------------

    static readonly Lazy<nint> Job = new(CreateKillOnCloseJob);

    static void WindowsKill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }

    static nint CreateKillOnCloseJob()
    {
        var job = CreateJobObject(0, 0);
        // JOBOBJECT_EXTENDED_LIMIT_INFORMATION, of which only LimitFlags (the fifth 4-byte field, after two 8-byte ones) is set.
        Span<byte> limits = stackalloc byte[nint.Size == 8 ? 144 : 112];
        limits.Clear();
        const int killOnJobClose = 0x2000, extendedLimitInformation = 9;
        BitConverter.TryWriteBytes(limits[16..], killOnJobClose);
        _ = SetInformationJobObject(job, extendedLimitInformation, limits, limits.Length);
        return job;
    }

    [SupportedOSPlatform("windows")]
    static int WindowsParentId()
    {
        // PROCESS_BASIC_INFORMATION: six pointer-sized fields, the last of which is the parent's id.
        Span<nint> information = stackalloc nint[6];
        using var self = Process.GetCurrentProcess();
        return QueryInformationProcess(self.Handle, 0, information, information.Length * nint.Size, out _) == 0 ? (int)information[5] : 0;
    }

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW")]
    private static partial nint CreateJobObject(nint attributes, nint name);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformationJobObject(nint job, int informationClass, Span<byte> information, int length);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignProcessToJobObject(nint job, nint process);

    [LibraryImport("ntdll", EntryPoint = "NtQueryInformationProcess")]
    private static partial int QueryInformationProcess(nint process, int informationClass, Span<nint> information, int length, out int returned);
}
