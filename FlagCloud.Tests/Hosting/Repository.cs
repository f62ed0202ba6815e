namespace FlagCloud.Tests.Hosting;

/// <summary>The working copy that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FlagCloud.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No folder above {start} holds FlagCloud.sln. Run the tests from within the working copy.");
    }
}
