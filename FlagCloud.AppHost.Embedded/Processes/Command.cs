namespace Aspire.Hosting.Processes;

/// <summary>A program, its arguments, and the folder it runs in.</summary>
internal sealed record Command(string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>A built .NET project: its own executable, or the dotnet host that this process itself runs on.</summary>
    public static Command ForTarget(string assembly, string workingDirectory)
    {
        var executable = Platform.ExecutableOf(assembly);
        var host = System.Environment.ProcessPath!;
        if (!File.Exists(assembly))
            throw new DistributedApplicationException($"{assembly} does not exist. Build the AppHost first: dotnet build FlagCloud.AppHost.");
        return !Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase) && File.Exists(executable)
            ? new(executable, [], workingDirectory)
            : new("dotnet", [assembly], workingDirectory);
    }

    public static Command ForNpmScript(string script, string workingDirectory) => new(Platform.Npm, ["run", script], workingDirectory);

    public override string ToString() => string.Join(' ', [FileName, .. Arguments]);
}
