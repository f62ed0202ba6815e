namespace FlagCloud.Tests.Hosting;

/// <summary>Where this build has put the program of a project.</summary>
static class BuildOutput
{
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    // This test's own output is <repository>/FlagCloud.Tests/bin/<configuration>/<framework>/, and theirs lies beside it.
    public static string Of(string project) => AppContext.BaseDirectory.Replace("FlagCloud.Tests", project, StringComparison.Ordinal);
}
