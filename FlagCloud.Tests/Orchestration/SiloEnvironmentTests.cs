using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Environments;
using Aspire.Hosting.Ports;

namespace FlagCloud.Tests.Orchestration;

public sealed class SiloEnvironmentTests
{
    const string Blobs = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;BlobEndpoint=http://127.0.0.1:<port>/devstoreaccount1;";

    [Fact]
    public async Task Silo_gets_exactly_the_variables_that_aspire_gives_it()
    {
        var (variables, port) = await EnvironmentOf("silo", otlp: null);

        Assert.Equal(new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = $"http://localhost:{port("silo", "http")}",
            ["ConnectionStrings__blobs"] = Blobs.Replace("<port>", port("azurite", "blob").ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
            ["DOTNET_LAUNCH_PROFILE"] = "http",
            ["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true",
            ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
            ["Lab__Dashboard"] = "",
            ["ORIGIN_HTTP"] = $"http://localhost:{port("origin", "http")}",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
            ["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true",
            ["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true",
            ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory",
            ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true",
            ["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=<8 letters>",
            ["OTEL_SERVICE_NAME"] = "silo",
            ["OTEL_TRACES_SAMPLER"] = "always_on",
            ["Orleans__ClusterId"] = "<25 letters>",
            ["Orleans__Clustering__ProviderType"] = "Development",
            ["Orleans__EnableDistributedTracing"] = "true",
            ["Orleans__Endpoints__GatewayPort"] = port("silo", "orleans-gateway").ToString(CultureInfo.InvariantCulture),
            ["Orleans__Endpoints__SiloPort"] = port("silo", "orleans-silo").ToString(CultureInfo.InvariantCulture),
            ["Orleans__Reminders__ProviderType"] = "Memory",
            ["Orleans__ServiceId"] = "<25 letters>",
            ["services__origin__http__0"] = $"http://localhost:{port("origin", "http")}",
        }, variables);
    }

    [Fact]
    public async Task Silo_with_a_dashboard_sends_its_telemetry_there()
    {
        var (variables, _) = await EnvironmentOf("silo", new OtlpTarget("http://localhost:19100", "grpc", "secret"));

        Assert.Equal("http://localhost:19100", variables["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("grpc", variables["OTEL_EXPORTER_OTLP_PROTOCOL"]);
        Assert.Equal("x-otlp-api-key=secret", variables["OTEL_EXPORTER_OTLP_HEADERS"]);
        Assert.Equal("http://localhost:15100", variables["Lab__Dashboard"]);
    }

    [Fact]
    public async Task Compare_is_given_the_silos_web_address_but_not_its_orleans_ports()
    {
        var (variables, port) = await EnvironmentOf("compare", otlp: null);

        Assert.Equal($"http://localhost:{port("silo", "http")}", variables["services__silo__http__0"]);
        Assert.Equal(variables["services__silo__http__0"], variables["SILO_HTTP"]);
        Assert.DoesNotContain(variables.Keys, k => k.Contains("orleans", StringComparison.OrdinalIgnoreCase) || k == "ASPNETCORE_URLS");
    }

    [Fact]
    public async Task Azurite_is_given_its_port_and_nothing_of_dotnets()
    {
        var (variables, port) = await EnvironmentOf("azurite", otlp: null);

        Assert.Equal(port("azurite", "blob").ToString(CultureInfo.InvariantCulture), variables["PORT"]);
        Assert.Equal("development", variables["NODE_ENV"]);
        Assert.DoesNotContain(variables.Keys, k => k.StartsWith("ASPNETCORE", StringComparison.Ordinal) || k.StartsWith("DOTNET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "compare")]
    [InlineData("-l 10 br cn", "compare -l 10 br cn")]
    public void Compare_key_holds_the_arguments_of_the_first_comparison(string key, string expected)
    {
        var compare = AppHostModel.Of($"--Compare={key}").Resources.Single(r => r.Name == "compare");

        Assert.Equal(expected, string.Join(' ', compare.Annotations.OfType<ArgumentsAnnotation>().Single().Arguments));
        Assert.True(compare.IsJob());
    }

    [Fact]
    public void Compare_none_leaves_the_job_out() =>
        Assert.DoesNotContain(AppHostModel.Of("--Compare=none").Resources, r => r.IsJob());

    [Theory]
    [InlineData("silo", "silo", "<8 letters>")]
    [InlineData("silo-worker-1", "silo-worker", "1")]
    [InlineData("silo-worker-2", "silo-worker", "2")]
    public async Task Each_of_several_silos_finds_redis_and_has_ports_of_its_own(string name, string service, string instance)
    {
        var (variables, port) = await EnvironmentOf(name, otlp: null, "--Silos=3");

        var redis = port("redis", "tcp");
        var password = variables["REDIS_PASSWORD"];
        Assert.Equal($"localhost:{redis},password={password}", variables["ConnectionStrings__redis"]);
        Assert.Equal(("localhost", $"{redis}", $"redis://:{password}@localhost:{redis}"), (variables["REDIS_HOST"], variables["REDIS_PORT"], variables["REDIS_URI"]));
        Assert.Equal(("Redis", "redis"), (variables["Orleans__Clustering__ProviderType"], variables["Orleans__Clustering__ServiceKey"]));
        Assert.Equal(("Redis", "redis"), (variables["Orleans__Reminders__ProviderType"], variables["Orleans__Reminders__ServiceKey"]));
        Assert.Equal(port(name, "orleans-silo").ToString(CultureInfo.InvariantCulture), variables["Orleans__Endpoints__SiloPort"]);
        Assert.Equal($"http://localhost:{port(name, "http")}", variables["ASPNETCORE_URLS"]);
        Assert.Equal((service, $"service.instance.id={instance}"), (variables["OTEL_SERVICE_NAME"], variables["OTEL_RESOURCE_ATTRIBUTES"]));
        string[] silos = ["silo", "silo-worker-1", "silo-worker-2"];
        Assert.Equal(6, silos.SelectMany(silo => new[] { port(silo, "orleans-silo"), port(silo, "orleans-gateway") }).Distinct().Count());
    }

    static async Task<(SortedDictionary<string, string> Variables, Func<string, string, int> Port)> EnvironmentOf(string name, OtlpTarget? otlp, params string[] args)
    {
        var model = AppHostModel.Of(["--Ports:Silo=0", "--Ports:Origin=0", "--Ports:Blob=0", "--environment=Development", .. args]);
        model.Environment.Otlp = otlp;
        model.Configuration["Lab:Dashboard"] = otlp is null ? null : "http://localhost:15100";
        var resources = Replicas.Expand([.. model.Resources]);
        using var ports = PortPlan.Assign(resources, model.Configuration);
        var variables = await ResourceEnvironment.ResolveAsync(resources.Single(r => r.Name == name), TestContext.Current.CancellationToken);
        return (new(variables.ToDictionary(v => v.Key, v => Mask(v.Value)), StringComparer.Ordinal),
            (resource, endpoint) => new EndpointReference((IResourceWithEndpoints)resources.Single(r => r.Name == resource), endpoint).Port);
    }

    static string Mask(string value) => Regex.Replace(Regex.Replace(value, "^[a-z0-9]{25}$", "<25 letters>"), "(?<=^service.instance.id=)[a-z]{8}$", "<8 letters>");
}
