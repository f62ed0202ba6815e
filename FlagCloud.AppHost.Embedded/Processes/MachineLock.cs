namespace Aspire.Hosting.Processes;

/// <summary>A lock between the processes of one user on one machine; the operating system releases it when its holder dies.</summary>
internal static class MachineLock
{
    static readonly string Folder = Path.Combine(Path.GetTempPath(), $"flagcloud-{Environment.UserName}");

    /// <summary>False: another process holds it. A machine that allows no lock file gets none: better unlocked than not started.</summary>
    public static bool TryTake(string name, out FileStream? held)
    {
        held = null;
        try
        {
            Directory.CreateDirectory(Folder);
            held = new FileStream(Path.Combine(Folder, name + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
