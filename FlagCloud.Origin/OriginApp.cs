using FlagCloud.Origin.Http;

namespace FlagCloud.Origin;

/// <summary>The flag server: real flags, with seeded delays and faults.</summary>
public static class OriginApp
{
    // A fan-out opens all its connections at once; what the backlog cannot hold costs a second each, and would be blamed on the client.
    const int Backlog = 4096;

    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        // Thousands of requests a second: a line for each would cost more than the request.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.UseSockets(sockets => sockets.Backlog = Backlog);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton(FlagLibrary.Load(Path.Combine(AppContext.BaseDirectory, "flags")));
        builder.Services.AddSingleton<Traffic>();
        builder.Services.AddSingleton<FlagHandler>();

        var app = builder.Build();
        app.UseStatusCodePages();
        app.MapDefaultEndpoints();
        app.MapGet("/", () => Results.Redirect("/profiles"));
        app.MapGet("/profiles", () => Profile.All.Values.Select(profile => new { profile.Name, profile.Description, profile.MeanDelaySeconds }));
        app.MapGet("/stats", (Traffic traffic) => traffic.Read());
        var flags = app.Services.GetRequiredService<FlagHandler>();
        app.MapMethods("/{profile}/flags/{file}", [HttpMethods.Get, HttpMethods.Head], flags.FlagAsync);
        app.MapMethods("/{profile}/flags/{code}/metadata.json", [HttpMethods.Get, HttpMethods.Head], flags.MetadataAsync);
        return app;
    }
}
