namespace FlagCloud.Tests.Deploy;

public sealed class ComposeFileTests
{
    static readonly Dictionary<string, Dictionary<object, object>> Services =
        ComposeManifest.Services(new Dictionary<string, string> { ["FLAGCLOUD_API_KEY"] = Manifest.ApiKey });

    [Fact]
    public void It_has_what_the_walkthrough_says() =>
        Assert.Equal(["azurite", "compare", "dashboard", "origin", "redis", "silo", "silo-worker"], Services.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Without_a_key_it_does_not_start() =>
        Assert.Contains("FLAGCLOUD_API_KEY", Assert.Throws<InvalidDataException>(() => ComposeManifest.Services(new Dictionary<string, string>())).Message);

    [Fact]
    public void Only_the_page_and_the_dashboard_are_published_and_only_on_this_machine()
    {
        var published = Services.Where(service => service.Value.ContainsKey("ports")).ToDictionary(service => service.Key, service => Assert.Single((List<object>)service.Value["ports"]));
        Assert.Equal(new Dictionary<string, object> { ["silo"] = "127.0.0.1:15101:8080", ["dashboard"] = "127.0.0.1:15100:18888" }, published);
    }

    [Fact]
    public void What_is_waited_for_to_be_healthy_has_a_health_check()
    {
        var awaited = Services.Values.Where(service => service.ContainsKey("depends_on")).SelectMany(service => (Dictionary<object, object>)service["depends_on"]);
        Assert.All(awaited, dependency => Assert.Equal(
            Services[(string)dependency.Key].ContainsKey("healthcheck"), ((Dictionary<object, object>)dependency.Value)["condition"] is "service_healthy"));
    }

    [Fact]
    public void Azurite_gets_fewer_uploads_at_once_than_break_its_disk_store()
    {
        var replicas = int.Parse((string)((Dictionary<object, object>)Services["silo-worker"]["deploy"])["replicas"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True((1 + replicas) * new FlagCloud.Silo.Flags.FlagOptions().MaxConcurrentPuts < 50);
    }

    [Fact]
    public void Silos_have_no_privileges_and_the_platforms_time_to_end() => Assert.All(new[] { "silo", "silo-worker" }, name =>
    {
        Assert.Equal(("true", "30s"), ((string)Services[name]["read_only"], (string)Services[name]["stop_grace_period"]));
        Assert.Equal(["ALL"], (List<object>)Services[name]["cap_drop"]);
    });
}
