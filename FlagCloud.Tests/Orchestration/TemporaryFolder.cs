namespace FlagCloud.Tests.Orchestration;

sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("flagcloud-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>A shell script that can be run.</summary>
    public string Program(string name, string script)
    {
        File.WriteAllText(this[name], "#!/bin/sh\n" + script + "\n");
        if (OperatingSystem.IsWindows())
            Assert.Skip("The stand-in program is a shell script.");
        else
            File.SetUnixFileMode(this[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
