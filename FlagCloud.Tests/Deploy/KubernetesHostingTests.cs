using System.Collections.Concurrent;
using FlagCloud.Tests.Hosting;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Hosting.Kubernetes;

namespace FlagCloud.Tests.Deploy;

/// <summary>Orleans' Kubernetes hosting against a stand-in of the API server: it asks for no more than the manifest's role grants.</summary>
public sealed class KubernetesHostingTests(AzuriteFixture azurite)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silo_in_a_pod_watches_pods_and_needs_nothing_that_its_role_does_not_grant()
    {
        Environment.SetEnvironmentVariable("POD_NAMESPACE", "flagcloud"); // The package reads it there; no other silo of this run does.
        var asked = new ConcurrentBag<string>();
        var watched = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ApiServer(asked, watched);
        await using var silo = await SiloHost.Start(
            azurite,
            new Dictionary<string, string?>
            {
                ["KUBERNETES_SERVICE_HOST"] = "127.0.0.1", ["POD_NAME"] = "silo-0", ["Orleans:ServiceId"] = "flagcloud", ["Orleans:ClusterId"] = "kubernetes",
            },
            builder => builder.Services.PostConfigure<KubernetesHostingOptions>(options => options.GetClientConfiguration = () => new() { Host = server.Urls.Single() }));

        await watched.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);

        var granted = KubernetesManifest.Overlay("kind").OfType<V1Role>().Single().Rules.Single();
        Assert.Equal(["pods"], granted.Resources);
        Assert.Superset(asked.ToHashSet(), granted.Verbs.ToHashSet());
        Assert.Contains("watch", asked);
    }

    // Any pod that is asked for has the labels of the manifest's template.
    static async Task<WebApplication> ApiServer(ConcurrentBag<string> asked, TaskCompletionSource watched)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var labels = KubernetesManifest.Overlay("kind").OfType<V1Deployment>().Single(deployment => deployment.Metadata.Name is "silo").Spec.Template.Metadata.Labels;
        app.MapGet("/api/v1/namespaces/flagcloud/pods/{name}", (string name) =>
        {
            asked.Add("get");
            return Json(new V1Pod { ApiVersion = "v1", Kind = "Pod", Metadata = new() { Name = name, Labels = labels } });
        });
        app.MapGet("/api/v1/namespaces/flagcloud/pods", async (HttpContext context) =>
        {
            if (context.Request.Query["watch"] != "true")
            {
                asked.Add("list");
                return Json(new V1PodList { ApiVersion = "v1", Kind = "PodList", Metadata = new(), Items = [] });
            }
            asked.Add("watch");
            await context.Response.StartAsync();
            watched.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return Results.Empty;
        });
        app.MapFallback((HttpRequest request) =>
        {
            asked.Add($"{request.Method} {request.Path}");
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        });
        await app.StartAsync(Cancelled);
        return app;
        static IResult Json(object item) => Results.Text(KubernetesJson.Serialize(item), "application/json");
    }
}
