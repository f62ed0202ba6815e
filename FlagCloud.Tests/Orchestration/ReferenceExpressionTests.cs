using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Ports;

namespace FlagCloud.Tests.Orchestration;

public sealed class ReferenceExpressionTests
{
    readonly DistributedApplicationBuilder builder = new(["--Ports:Blob=0"], AppContext.BaseDirectory);

    [Fact]
    public async Task Holes_are_filled_with_the_ports_that_were_assigned()
    {
        var server = builder.AddResource(new TestProcess("server", "")).WithHttpEndpoint(name: "web");
        var web = server.GetEndpoint("web");
        var expression = ReferenceExpression.Create($"{web}|{web.Property(EndpointProperty.IPV4Host)}|{web.Property(EndpointProperty.HostAndPort)}|{{}}{"text"}");
        using var ports = PortPlan.Assign(builder.Resources, builder.Configuration);

        var value = await expression.GetValueAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"http://localhost:{web.Port}|127.0.0.1|localhost:{web.Port}|{{}}text", value);
    }

    [Fact]
    public async Task Value_before_ports_are_assigned_says_so()
    {
        var web = builder.AddResource(new TestProcess("server", "")).WithHttpEndpoint().GetEndpoint("http");

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(
            async () => await ReferenceExpression.Create($"{web}").GetValueAsync(TestContext.Current.CancellationToken));

        Assert.Equal("The endpoint 'http' of 'server' has no port before the app starts.", error.Message);
    }

    [Fact]
    public void Waiting_for_a_connection_string_waits_for_what_it_is_made_of()
    {
        var server = builder.AddResource(new TestProcess("server", "")).WithHttpEndpoint();
        var text = builder.AddConnectionString("text", ReferenceExpression.Create($"{server.GetEndpoint("http")}"));
        var client = builder.AddResource(new TestProcess("client", "")).WaitFor(text);

        Assert.Equal([server.Resource], text.Resource.Prerequisites());
        Assert.True(client.Resource.DependsOn(server.Resource));
        Assert.False(server.Resource.DependsOn(client.Resource));
    }

    [Fact]
    public void Second_endpoint_of_one_name_is_refused()
    {
        var server = builder.AddResource(new TestProcess("server", "")).WithHttpEndpoint();

        Assert.Throws<DistributedApplicationException>(() => server.WithHttpEndpoint());
    }
}
