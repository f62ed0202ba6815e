using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Ports;

namespace FlagCloud.Tests.Orchestration;

public sealed class PortPlanTests : IDisposable
{
    readonly TcpListener other = new(IPAddress.Loopback, 0);

    public PortPlanTests() => other.Start();

    int Taken => ((IPEndPoint)other.LocalEndpoint).Port;

    public void Dispose() => other.Dispose();

    [Fact]
    public void Default_port_that_is_taken_moves_and_is_reported()
    {
        var builder = App([], Taken);

        using var plan = PortPlan.Assign(builder.Resources, builder.Configuration);

        var moved = Endpoint(builder).AllocatedPort;
        Assert.NotEqual(Taken, moved);
        Assert.Equal($"port {Taken} is taken, so web uses {moved}", Assert.Single(plan.Moves));
    }

    [Fact]
    public void Configured_port_that_is_taken_is_an_error_that_names_the_key()
    {
        var builder = App([$"--Ports:Silo={Taken}"], Taken);

        var error = Assert.Throws<DistributedApplicationException>(() => PortPlan.Assign(builder.Resources, builder.Configuration));

        Assert.Contains($"Port {Taken} of 'web' (Ports:Silo={Taken}) is taken", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Port_of_the_dashboard_follows_the_same_rule()
    {
        using var plan = PortPlan.Assign([], App([], 0).Configuration);

        var moved = plan.Take("dashboard", Taken, key: null);
        var error = Assert.Throws<DistributedApplicationException>(() => plan.Take("dashboard", Taken, "Ports:Dashboard"));

        Assert.Equal($"port {Taken} is taken, so dashboard uses {moved}", Assert.Single(plan.Moves));
        Assert.Contains($"Port {Taken} of 'dashboard' (Ports:Dashboard={Taken}) is taken", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Port_that_another_apphost_holds_but_does_not_listen_on_yet_is_taken()
    {
        using var held = PortClaim.Any();

        Assert.Null(PortClaim.TryClaim(held.Port));
    }

    [Fact]
    public void Claim_is_free_again_once_it_is_given_back()
    {
        var held = PortClaim.Any();
        held.Dispose();

        using var again = PortClaim.TryClaim(held.Port);

        Assert.NotNull(again);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("70000")]
    [InlineData("-1")]
    public void Port_that_is_none_is_refused_before_anything_starts(string value)
    {
        var error = Assert.Throws<UsageException>(() => App([$"--Ports:Silo={value}"], 0));

        Assert.Contains($"Ports:Silo is '{value}'", error.Message, StringComparison.Ordinal);
    }

    static DistributedApplicationBuilder App(string[] args, int port)
    {
        var builder = new DistributedApplicationBuilder(args, AppContext.BaseDirectory);
        builder.AddResource(new TestProcess("web", "")).WithHttpEndpoint(port: port);
        return builder;
    }

    static EndpointAnnotation Endpoint(DistributedApplicationBuilder builder) => builder.Resources.Single().Annotations.OfType<EndpointAnnotation>().Single();
}
