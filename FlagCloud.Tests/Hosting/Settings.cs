using System.Runtime.CompilerServices;

namespace FlagCloud.Tests.Hosting;

/// <summary>Of every host, in this process and in those that it starts.</summary>
static class Settings
{
    /// <summary>Nobody edits settings while tests run, and to watch their files takes an eighth of the CPU of a silo's start.</summary>
    public const string Unwatched = "DOTNET_hostBuilder__reloadConfigOnChange";

    [ModuleInitializer]
    internal static void DoNotWatch() => Environment.SetEnvironmentVariable(Unwatched, "false");
}
