using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Origin;

/// <summary>The flags as npm delivered them, which are what the origin is held against.</summary>
static class NpmFlags
{
    public static string Folder { get; } = Repository.PathTo("FlagCloud.Origin", "node_modules", "flag-icons", "flags", "4x3");

    public static byte[] Read(string code) => File.ReadAllBytes(Path.Combine(Folder, $"{code}.svg"));
}
