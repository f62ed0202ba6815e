using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Redis;

/// <summary>The program redis-server and its configuration.</summary>
internal static class RedisServer
{
    /// <summary>The configuration is a file that only this user can read: arguments are everybody's to see.</summary>
    public static Command Command(string folder, int port, string password)
    {
        if (Platform.FindProgram("redis-server") is not { } program)
            throw new DistributedApplicationException(
                "The program 'redis-server' is not installed, and several silos need it to find each other. Install it (Debian, Ubuntu: apt-get install redis-server; "
                + "Fedora: dnf install redis; macOS: brew install redis; Windows: in WSL), or start with --Silos=1.");
        var file = Path.Combine(folder, "redis.conf");
        File.WriteAllLines(file, [$"port {port}", "bind 127.0.0.1", $"requirepass {password}", "save \"\"", "appendonly yes", "daemonize no"]);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new(program, [file], folder);
    }
}
