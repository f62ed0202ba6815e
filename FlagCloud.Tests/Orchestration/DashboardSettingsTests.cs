using Aspire.Hosting;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;

namespace FlagCloud.Tests.Orchestration;

public sealed class DashboardSettingsTests
{
    [Fact]
    public void Nothing_configured_is_a_dashboard_on_15100_that_keeps_runs_beside_the_apphost()
    {
        var settings = Settings();

        Assert.Equal(new(IsOn: true, Port: 15100, IsPortConfigured: false, GrpcPort: null, Path.Combine(AppContext.BaseDirectory, ".flagcloud", "runs")), settings);
    }

    [Theory]
    [InlineData("off", false)]
    [InlineData("OFF", false)]
    [InlineData("on", true)]
    public void Dashboard_can_be_switched_off(string value, bool expected) => Assert.Equal(expected, Settings(("Dashboard", value)).IsOn);

    [Fact]
    public void Any_other_switch_is_refused() =>
        Assert.Equal("Dashboard is 'no'. Give on or off.", Assert.Throws<UsageException>(() => Settings(("Dashboard", "no"))).Message);

    [Fact]
    public void Launch_profile_says_where_this_dashboard_listens_and_keeps_the_port_of_aspires() =>
        Assert.Equal(19100, Settings(("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "http://localhost:19100")).GrpcPort);

    [Fact]
    public void Runs_none_keeps_no_telemetry() => Assert.Null(Settings(("Dashboard:Runs", "none")).RunsFolder);

    static DashboardSettings Settings(params (string Key, string Value)[] values) => DashboardSettings.From(
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, v => (string?)v.Value)).Build(), AppContext.BaseDirectory);
}
