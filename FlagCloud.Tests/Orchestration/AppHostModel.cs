using System.Reflection;
using Aspire.Hosting;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Orchestration;

/// <summary>The model that the real AppHost.cs builds, and where its program is.</summary>
static class AppHostModel
{
    public static string Assembly { get; } = Path.Combine(BuildOutput.Of("FlagCloud.AppHost"), "FlagCloud.AppHost.dll");

    public static DistributedApplicationBuilder Of(params string[] args)
    {
        DistributedApplicationBuilder? model = null;
        DistributedApplication.ModelObserver.Value = builder => model = builder;
        var main = System.Reflection.Assembly.LoadFrom(Assembly).EntryPoint!;
        main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null);
        return model!;
    }
}
