using FlagCloud.Silo;
using FlagCloud.Silo.Api;
using Orleans.Dashboard;
using Scalar.AspNetCore;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddFlagCloud(builder.Configuration).AddProblems().AddOpenApi();
builder.UseOrleans();
if (builder.Environment.IsDevelopment()) builder.UseOrleans(silo => silo.AddDashboard());

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.MapDefaultEndpoints();
app.MapComparisons().MapFlags();
app.MapOpenApi();
if (app.Environment.IsDevelopment())
{
    app.MapScalarApiReference();
    app.MapOrleansDashboard("/orleans");
}
app.Run();
