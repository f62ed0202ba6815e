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

        var app = builder.Build();
        app.UseStatusCodePages();
        app.MapDefaultEndpoints();
        app.MapGet("/", () => Results.Redirect("/profiles"));
        app.MapGet("/profiles", () => Profile.All.Values.Select(profile => new { profile.Name, profile.Description, profile.MeanDelaySeconds }));
        var flags = new FlagHandler(FlagLibrary.Load(Path.Combine(AppContext.BaseDirectory, "flags")));
        app.MapGet("/stats", flags.Statistics);
        app.MapMethods("/{profile}/flags/{file}", [HttpMethods.Get, HttpMethods.Head], flags.FlagAsync);
        app.MapMethods("/{profile}/flags/{code}/metadata.json", [HttpMethods.Get, HttpMethods.Head], flags.MetadataAsync);
        return app;
    }
}
