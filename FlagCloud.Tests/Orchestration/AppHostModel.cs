using System.Reflection;
using Aspire.Hosting;

namespace FlagCloud.Tests.Orchestration;

/// <summary>The model that the real AppHost.cs builds, and where its program is.</summary>
static class AppHostModel
{
    /// <summary>Beside this test program's own folder, in the same configuration.</summary>
    public static string Assembly { get; } = Path.Combine(
        AppContext.BaseDirectory.Replace("FlagCloud.Tests", "FlagCloud.AppHost", StringComparison.Ordinal), "FlagCloud.AppHost.dll");

    public static DistributedApplicationBuilder Of(params string[] args)
    {
        DistributedApplicationBuilder? model = null;
        DistributedApplication.ModelObserver.Value = builder => model = builder;
        var main = System.Reflection.Assembly.LoadFrom(Assembly).EntryPoint!;
        main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null);
        return model!;
    }
}
