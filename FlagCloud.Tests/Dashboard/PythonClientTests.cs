using System.ComponentModel;
using System.Diagnostics;
using FlagCloud.Dashboard.Telemetry;
using Microsoft.Extensions.Logging;

namespace FlagCloud.Tests.Dashboard;

/// <summary>A client that shares no code with .NET, nor with any OpenTelemetry library: the wire is as the specification says.</summary>
public sealed class PythonClientTests
{
    [Theory]
    [InlineData("json")]
    [InlineData("protobuf")]
    [InlineData("grpc")]
    public async Task Python_sends_all_signals_and_all_are_held(string form)
    {
        await using var host = await DashboardHost.StartAsync();

        await RunAsync(form, form == "grpc" ? host.Server.OtlpGrpcUrl : host.Server.OtlpHttpUrl, host.Options.OtlpApiKey);

        var span = host.Store.Traces.Find(TraceId.Parse("5b8efff798038103d269b633813fc60c")).Single();
        Assert.Equal(("python-client", "from python", SpanKind.Server, SpanStatus.Error), (span.Resource.Name, span.Name, span.Kind, span.Status));
        Assert.Equal((SpanId.Parse("eee19b7ec3c1b174"), 5_000_000), (span.Id, span.Duration));
        Assert.Equal("42", span.Attributes.Find("count"));
        Assert.Equal("event", span.Events.Single().Name);
        var log = host.Store.Logs.OfTrace(span.TraceId).Single();
        Assert.Equal(("from python", LogLevel.Error, "py.log"), (log.Message, log.Level, log.Scope.Name));
        var exponential = (ExponentialPoint)host.Store.Metrics.Read(key => key.Name == "py.histogram").Single().Series.Single().Points.Single();
        Assert.Equal((3, 7.0), (exponential.Count, exponential.Sum));
        Assert.Equal([1L, 2L], exponential.Positive.Counts);
        Assert.Equal(0.5, ((NumberPoint)host.Store.Metrics.Read(key => key.Name == "py.gauge").Single().Series.Single().Points.Single()).Value);
    }

    static async Task RunAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("python3", [Path.Combine(AppContext.BaseDirectory, "Dashboard", "otlp_client.py"), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        Process python;
        try
        {
            python = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not installed.");
            return;
        }
        using (python)
        {
            var output = python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = await python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await python.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(python.ExitCode == 0, await output + errors);
        }
    }
}
